import Problems
import Statistics

/// Scores of two groups of samples, drug by drug: MSI against MSS, or responders against others.
package struct GroupComparison: Sendable, Equatable, Encodable {
  package struct Group: Sendable, Equatable, Encodable {
    package var samples: Int
    /// Of the logits.
    package var mean: Estimate<Double>
    package var median: Estimate<Double>
  }

  package struct Row: Sendable, Equatable, Encodable {
    package var drug: String
    package var first: Group
    package var second: Group
    package var mannWhitney: Estimate<MannWhitney>
    package var mannWhitneyQ: Double?
    package var welch: Estimate<TTest>
    package var welchQ: Double?
  }

  /// Column of obs, or `label`.
  package var column: String
  /// Words of the two groups.
  package var first: String
  package var second: String
  /// Pairs of samples in neither group.
  package var leftOut: Int
  /// By drug; q-values are over the drugs.
  package var rows: [Row]

  /// Name that stands for the pairs' own labels.
  package static let label = "label"

  /// Compares the samples' words in a column. `pair` names the two to compare, and may be left out where there are just
  /// two. Throws `OutcomeError` `.nothingToCompare`.
  package init(_ scores: ScoredPairs, words: SampleWords, pair: (String, String)? = nil) throws {
    try self.init(scores, column: words.column, words: scores.samples.map { words.words[$0] ?? "" }, pair: pair)
  }

  /// Compares responders (label 1) with others. Throws `OutcomeError` `.nothingToCompare`.
  package init(responders scores: ScoredPairs) throws {
    try self.init(
      scores, column: Self.label, words: scores.labels.map { $0.map { $0 ? "1" : "0" } ?? "" }, pair: ("1", "0"))
  }

  private init(_ scores: ScoredPairs, column: String, words: [String], pair: (String, String)?) throws {
    let found = Set(words).subtracting([""]).sorted()
    let (first, second): (String, String)
    if let pair {
      (first, second) = pair
    } else if found.count == 2 {
      (first, second) = (found[0], found[1])
    } else {
      throw Self.nothing(scores, column, found)
    }
    guard found.contains(first), found.contains(second), first != second else {
      throw Self.nothing(scores, column, found)
    }
    (self.column, self.first, self.second) = (column, first, second)
    leftOut = words.count { $0 != first && $0 != second }
    rows = try Dictionary(grouping: words.indices) { scores.drugs[$0] }.sorted { $0.key < $1.key }.map { drug, rows in
      func values(_ word: String) -> [Double] { rows.filter { words[$0] == word }.map { scores.logits[$0] } }
      let (one, other) = (values(first), values(second))
      return Row(
        drug: drug, first: try Self.group(one), second: try Self.group(other),
        mannWhitney: try MannWhitney.test(one, other), mannWhitneyQ: nil,
        welch: try TTest.test(one, other, variances: .separate), welchQ: nil)
    }
    let ranks = FalseDiscovery.qValues(rows.map { $0.mannWhitney.value?.p })
    let means = FalseDiscovery.qValues(rows.map { $0.welch.value?.p })
    for row in rows.indices { (rows[row].mannWhitneyQ, rows[row].welchQ) = (ranks[row], means[row]) }
  }

  private static func group(_ values: [Double]) throws -> Group {
    guard !values.isEmpty else {
      let reason = "a group has no values"
      return Group(samples: 0, mean: .notEstimable(reason), median: .notEstimable(reason))
    }
    let summary = try Summary(values)
    return Group(samples: values.count, mean: .estimated(summary.mean), median: .estimated(summary.quantile(0.5)))
  }

  private static func nothing(_ scores: ScoredPairs, _ column: String, _ found: [String]) -> OutcomeError {
    OutcomeError(
      .nothingToCompare, at: Place(scores.path),
      found.isEmpty
        ? "no scored sample has a value in '\(column)'"
        : "the scored samples have these values in '\(column)': \(found.prefix(12).joined(separator: ", "))",
      remedy: found.isEmpty ? "name the cohort that was scored with --cohort" : "name two of them with --compare A,B")
  }
}
