/// The share of neighbours that have the sample's own label, such as its tissue.
///
/// Samples without the label are not asked and are no neighbours. Among neighbours of other domains, a sample whose
/// label no other domain has counts as 0, and so does its chance.
package struct LabelPurity: Sendable, Equatable {
  /// Mean over the samples.
  package let purity: Double
  /// What neighbours drawn at random would give: for a sample with label t the share of t among its candidates.
  package let chance: Double

  /// Judges neighbours that were found among the samples that these labels label.
  ///
  /// Throws `.mismatchedCounts`, `.unlabelled` at a sample without a label, `.tooFewSamples` if there is none.
  package init(_ neighbours: Neighbours, labels: Labels) throws(StatisticsError) {
    let samples = neighbours.samples
    guard !samples.isEmpty else { throw StatisticsError.fewSamples(0, for: "their purity") }
    try StatisticsError.require(labels.count, of: "labels", for: neighbours.total)
    let total = try labels.counts(of: samples)
    let domains = neighbours.candidates.across
    // What a sample may not choose: itself, or its own domain.
    let own = try domains.map { (domains) throws(StatisticsError) in try Self.counts(labels, by: domains, of: samples) }
    var (purity, chance) = (0.0, 0.0)
    for (position, sample) in samples.enumerated() {
      let label = labels.codes[sample]
      let same = neighbours.neighbours(at: position).count { labels.codes[$0] == label }
      purity += Double(same) / Double(neighbours.k)
      var (candidates, fitting) = (samples.count - 1, total[label] - 1)
      if let own, let domain = domains?.codes[sample] {
        candidates = samples.count - own[domain].reduce(0, +)
        fitting = total[label] - own[domain][label]
      }
      chance += Double(fitting) / Double(candidates)
    }
    self.purity = purity / Double(samples.count)
    self.chance = chance / Double(samples.count)
  }

  /// Samples by domain and label.
  private static func counts(
    _ labels: Labels, by domains: Labels, of samples: [Int]
  ) throws(StatisticsError) -> [[Int]] {
    var counts: [[Int]] = []
    for domain in domains.names.indices {
      counts.append(try labels.counts(of: samples.filter { domains.codes[$0] == domain }))
    }
    return counts
  }
}
