/// How well domains are mixed: 1 as if neighbours were drawn at random, 0 where the domains lie apart.
///
/// For sample i of domain D, of n samples of which n_D are of D, with the k nearest neighbours N(i):
///
///     score(i) = (neighbours of other domains in N(i) / k) / ((n - n_D) / (n - 1))
///
/// and the score is the mean over the samples. It can exceed 1 a little. Comparing the domains around a sample with
/// those of the whole is the idea of kBET (Buettner et al. 2019, doi:10.1038/s41592-018-0254-1), which tests it by
/// chi-squared; averaging over the neighbourhoods of all samples that of LISI (Korsunsky et al. 2019,
/// doi:10.1038/s41592-019-0619-0), which counts effective domains. Here the share itself is kept, divided by what
/// chance gives, so that domains of unequal size can be read.
package struct DomainMixing: Sendable, Equatable {
  /// Mean over all samples.
  package let score: Double
  /// Mean over the samples of each domain, in the order of the labels' names.
  package let byDomain: [Double]

  /// Judges neighbours that were free to be of any domain.
  ///
  /// Throws `.mismatchedCounts`, and `.unlabelled` where a sample has no domain or there are not two.
  package init(_ neighbours: Neighbours, domains: Labels) throws(StatisticsError) {
    precondition(neighbours.candidates.across == nil, "neighbours of other domains only tell nothing of mixing")
    let samples = neighbours.samples
    try StatisticsError.require(domains.count, of: "domains", for: neighbours.total)
    let counts = try domains.counts(of: samples)
    guard counts.count(where: { $0 > 0 }) > 1 else {
      throw StatisticsError(.unlabelled, at: nil, "mixing needs two domains; there is one")
    }
    var sums = [Double](repeating: 0, count: counts.count)
    for (position, sample) in samples.enumerated() {
      let domain = domains.codes[sample]
      let others = neighbours.neighbours(at: position).count { domains.codes[$0] != domain }
      let expected = Double(samples.count - counts[domain]) / Double(samples.count - 1)
      sums[domain] += Double(others) / Double(neighbours.k) / expected
    }
    score = sums.reduce(0, +) / Double(samples.count)
    byDomain = zip(sums, counts).map { $0 / Double($1) }
  }
}
