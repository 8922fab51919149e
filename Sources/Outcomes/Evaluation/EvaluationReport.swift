import Matrices
import Problems
import Statistics

/// How well scores tell responders from others: over all pairs, by fold, and by drug or tissue.
package struct EvaluationReport: Sendable, Equatable, Encodable {
  /// The measures of some pairs.
  package struct Part: Sendable, Equatable, Encodable {
    /// The drug, tissue or fold; nil for all pairs.
    package var name: String?
    /// Pairs with a label.
    package var pairs: Int
    package var positive: Int
    package var metrics: [ClassificationMetric: Estimate<Double>]
    /// 95 %; nil where no resamples were asked for.
    package var intervals: [ClassificationMetric: Estimate<Interval>]?
  }

  package struct Settings: Sendable, Equatable, Encodable {
    /// `drug`, or a column of the cohort such as `tissue`.
    package var by: String?
    /// Number of bootstrap resamples; 0: no intervals.
    package var resamples: Int
    package var seed: UInt64

    package init(by: String? = nil, resamples: Int = 0, seed: UInt64 = 1) {
      (self.by, self.resamples, self.seed) = (by, resamples, seed)
    }
  }

  package var input: String
  package var settings: Settings
  /// Pairs without a label, which nothing here counts.
  package var unlabelled: Int
  package var all: Part
  /// nil where the scores have no folds.
  package var folds: [Part]?
  /// Mean and deviation of each measure over the folds.
  package var overFolds: [ClassificationMetric: FoldSummary]?
  /// By name; empty where nothing was asked for.
  package var groups: [Part]
  /// Labelled pairs whose sample has no word in the column.
  package var withoutGroup: Int

  /// Judges scored pairs; `words` gives each sample's group, and without it pairs are grouped by drug.
  ///
  /// Throws `OutcomeError` `.nothingToCompare` where no pair has a label.
  package init(_ scores: ScoredPairs, settings: Settings, words: SampleWords? = nil, lanes: Lanes = Lanes(1)) throws {
    let labelled = scores.labels.indices.filter { scores.labels[$0] != nil }
    guard !labelled.isEmpty else {
      throw OutcomeError(
        .nothingToCompare, at: Place(scores.path), "no pair has a label",
        remedy: "ingest the cohort with its responses, and score it again")
    }
    func part(_ name: String?, _ rows: [Int], resamples: Int) throws -> Part {
      try Self.part(name, rows, of: scores, settings, resamples: resamples, lanes)
    }
    (input, self.settings) = (scores.path, settings)
    unlabelled = scores.count - labelled.count
    all = try part(nil, labelled, resamples: settings.resamples)
    if let folds = scores.folds {
      let byFold = Dictionary(grouping: labelled) { folds[$0] }.sorted { $0.key < $1.key }
      let parts = try byFold.map { try part("\($0.key)", $0.value, resamples: 0) }
      self.folds = parts
      overFolds = Dictionary(
        uniqueKeysWithValues: ClassificationMetric.allCases.map { metric in
          (metric, FoldSummary(parts.compactMap { $0.metrics[metric] }))
        })
    }
    guard settings.by != nil else {
      (groups, withoutGroup) = ([], 0)
      return
    }
    (groups, withoutGroup) = try Self.groups(
      of: scores, settings: settings, lanes: lanes, by: words.map { words in { words.word(of: scores.samples[$0]) } })
  }

  /// The measures of each group of the labelled pairs, by name, and the number of pairs that are in none: groups are
  /// drugs unless `group` gives each pair's, "" for none.
  package static func groups(
    of scores: ScoredPairs, settings: Settings, lanes: Lanes = Lanes(1), by group: ((Int) -> String)? = nil
  ) throws -> (parts: [Part], without: Int) {
    let labelled = scores.labels.indices.filter { scores.labels[$0] != nil }
    let byName = Dictionary(grouping: labelled) { group?($0) ?? scores.drugs[$0] }
    let parts = try byName.filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }.map { name, rows in
      try part(name, rows, of: scores, settings, resamples: settings.resamples, lanes)
    }
    return (parts, byName[""]?.count ?? 0)
  }

  private static func part(
    _ name: String?, _ rows: [Int], of scores: ScoredPairs, _ settings: Settings, resamples: Int, _ lanes: Lanes
  ) throws -> Part {
    let tally = try ScoreTally(
      labels: rows.map { scores.labels[$0] == true }, scores: rows.map { scores.logits[$0] })
    let bootstrap = resamples > 0 ? Bootstrap(resamples: resamples, seed: settings.seed) : nil
    return Part(
      name: name, pairs: tally.count, positive: tally.positiveCount, metrics: tally.metrics,
      intervals: bootstrap?.intervals(of: tally, lanes: lanes))
  }
}
