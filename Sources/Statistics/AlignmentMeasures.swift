import Matrices

/// What an alignment is judged by, under the names that stores and reports give it.
package enum AlignmentMeasure: String, CaseIterable, Sendable {
  case mixing
  case mixingSource = "mixing_source"
  case mixingTarget = "mixing_target"
  case purity
  case purityChance = "purity_chance"
  case crossPurity = "cross_purity"
  case crossPurityChance = "cross_purity_chance"
  case silhouetteTissue = "silhouette_tissue"
  case silhouetteDomain = "silhouette_domain"
  case neighbours
}

/// The measures of one space (raw expression, latents or aligned expression) that holds two domains.
package struct AlignmentMeasures: Sendable, Equatable {
  private var values: [AlignmentMeasure: Double] = [:]

  /// nil for a measure of tissues where fewer than two are known, or too few samples have one, and for silhouettes where
  /// each sample has a label of its own.
  package subscript(measure: AlignmentMeasure) -> Double? { values[measure] }

  /// Measures points of which the first `sources` are cell lines and the others patients; `tissues` are words that both
  /// share, "" for gaps, and k the number of neighbours.
  ///
  /// Throws `.mismatchedCounts`, and `.tooFewSamples` unless there are k + 1 samples and both domains. Two passes over
  /// all pairs: O(samples^2 features).
  package init(
    of points: Points, sources: Int, tissues: Labels, k: Int, lanes: Lanes = Lanes(1)
  ) throws(StatisticsError) {
    try StatisticsError.require(tissues.count, of: "tissues", for: points.samples)
    let targets = points.samples - sources
    guard sources > 0, targets > 0 else {
      throw StatisticsError.fewSamples(min(sources, targets), of: "samples in a domain", for: "an alignment")
    }
    // In the order that names sort in.
    let domains = Labels(Array(repeating: "source", count: sources) + Array(repeating: "target", count: targets))
    values[.neighbours] = Double(k)
    try addNeighbourhoods(points, domains, tissues, k, lanes)
    try addSilhouettes(points, domains, tissues, lanes)
  }

  private mutating func addNeighbourhoods(
    _ points: Points, _ domains: Labels, _ tissues: Labels, _ k: Int, _ lanes: Lanes
  ) throws(StatisticsError) {
    let inSources = zip(tissues.codes, domains.codes).count { $0 >= 0 && $1 == 0 }
    let inTargets = tissues.labelled - inSources
    let comparesTissues = tissues.names.count > 1
    let hasPurity = comparesTissues && tissues.labelled > k
    let hasCross = comparesTissues && min(inSources, inTargets) >= k
    var candidates = [Neighbours.Candidates()]
    if hasPurity { candidates.append(.init(labelled: tissues)) }
    if hasCross { candidates.append(.init(labelled: tissues, across: domains)) }
    let found = try Neighbours.find(in: points, k: k, among: candidates, lanes: lanes)
    let mixing = try DomainMixing(found[0], domains: domains)
    values[.mixing] = mixing.score
    (values[.mixingSource], values[.mixingTarget]) = (mixing.byDomain[0], mixing.byDomain[1])
    if hasPurity {
      let purity = try LabelPurity(found[1], labels: tissues)
      (values[.purity], values[.purityChance]) = (purity.purity, purity.chance)
    }
    if hasCross {
      let purity = try LabelPurity(found[found.count - 1], labels: tissues)
      (values[.crossPurity], values[.crossPurityChance]) = (purity.purity, purity.chance)
    }
  }

  private mutating func addSilhouettes(
    _ points: Points, _ domains: Labels, _ tissues: Labels, _ lanes: Lanes
  ) throws(StatisticsError) {
    // A label of each sample's own says nothing.
    func compares(_ labels: Labels) -> Bool { labels.names.count > 1 && labels.names.count < labels.labelled }
    let compared = [(AlignmentMeasure.silhouetteDomain, domains), (.silhouetteTissue, tissues)].filter { compares($1) }
    let scores = try Silhouette.scores(of: points, by: compared.map(\.1), lanes: lanes)
    for ((measure, _), score) in zip(compared, scores) { values[measure] = score }
  }
}
