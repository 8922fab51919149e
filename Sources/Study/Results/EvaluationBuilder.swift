import Matrices
import Outcomes
import Report
import Statistics

/// Puts the measures of several models of the same pairs side by side.
struct EvaluationBuilder {
  /// A model's predictions; `folds` holds each fold's own log odds of the labelled pairs, where there are any.
  struct Entry {
    var name: String
    var kind: String
    var scores: ScoredPairs
    var foldLogits: [[Double]] = []
  }

  let resamples: Int
  let lanes: Lanes

  static let metrics: [(metric: ClassificationMetric, name: String)] = [
    (.auroc, "AUROC"), (.auprc, "AUPRC"), (.accuracy, "Accuracy"), (.precision, "Precision"), (.recall, "Recall"),
    (.f1, "F1"),
  ]

  /// The first entry is the one that is told by drug.
  func content(_ title: String, _ method: String, _ entries: [Entry]) throws -> EvaluationContent {
    var rows: [EvaluationContent.Row] = []
    var first: EvaluationReport?
    for entry in entries {
      let settings = EvaluationReport.Settings(
        by: first == nil ? "drug" : nil, resamples: resamples, seed: 1)
      let report = try EvaluationReport(entry.scores, settings: settings, lanes: lanes)
      let folds = try overFolds(entry) ?? report.overFolds
      rows.append(
        .init(
          name: entry.name, kind: entry.kind,
          estimates: Self.metrics.map { Self.estimate(report.all, $0.metric, over: folds?[$0.metric]) }))
      first = first ?? report
    }
    guard let first else { preconditionFailure("an evaluation of no model") }
    return EvaluationContent(
      title: title, method: method, pairs: first.all.pairs, responders: first.all.positive,
      metrics: Self.metrics.map(\.name), models: rows,
      drugs: first.groups.map { part in
        .init(
          name: part.name ?? "", pairs: part.pairs, responders: part.positive,
          estimates: Self.metrics.map { Self.estimate(part, $0.metric, over: nil) })
      })
  }

  private func overFolds(_ entry: Entry) throws -> [ClassificationMetric: FoldSummary]? {
    guard !entry.foldLogits.isEmpty else { return nil }
    let labels = entry.scores.labels.compactMap(\.self)
    let tallies = try entry.foldLogits.map { try ScoreTally(labels: labels, scores: $0) }
    return Dictionary(
      uniqueKeysWithValues: Self.metrics.map { metric, _ in (metric, FoldSummary(tallies.map { $0[metric] })) })
  }

  /// The mean over folds where there are folds, else the figure of all pairs; the interval is that of all pairs.
  private static func estimate(
    _ part: EvaluationReport.Part, _ metric: ClassificationMetric, over folds: FoldSummary?
  ) -> Report.Estimate {
    let interval = part.intervals?[metric]?.value
    let all = part.metrics[metric]
    guard let mean = folds?.mean.value ?? all?.value else {
      return Report.Estimate(mean: nil, reason: folds?.mean.reason ?? all?.reason)
    }
    return Report.Estimate(
      mean: mean, deviation: folds?.standardDeviation.value, low: interval?.lower, high: interval?.upper)
  }
}
