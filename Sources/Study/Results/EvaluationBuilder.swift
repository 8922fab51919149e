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

  /// The first entry is the one that is told by drug and, where `tissues` are known, by tissue.
  func content(
    _ title: String, _ method: String, _ entries: [Entry], tissues: SampleWords?
  ) throws -> EvaluationContent {
    guard let first = entries.first else { preconditionFailure("an evaluation of no model") }
    let settings = EvaluationReport.Settings(resamples: resamples, seed: 1)
    let reports = try entries.map { try EvaluationReport($0.scores, settings: settings, lanes: lanes) }
    let rows = try zip(entries, reports).map { entry, report -> EvaluationContent.Row in
      let folds = try overFolds(entry) ?? report.overFolds
      return .init(
        name: entry.name, kind: entry.kind,
        estimates: Self.metrics.map { Self.estimate(report.all, $0.metric, over: folds?[$0.metric]) })
    }
    let drugs = try EvaluationReport.groups(of: first.scores, settings: settings, lanes: lanes)
    let byTissue = try tissues.map { words in
      try EvaluationReport.groups(of: first.scores, settings: settings, lanes: lanes) {
        words.word(of: first.scores.samples[$0])
      }
    }
    return EvaluationContent(
      title: title, method: method, pairs: reports[0].all.pairs, responders: reports[0].all.positive,
      metrics: Self.metrics.map(\.name), models: rows, drugs: drugs.parts.map(Self.row),
      tissues: byTissue?.parts.map(Self.row) ?? [], withoutTissue: byTissue?.without)
  }

  private static func row(_ part: EvaluationReport.Part) -> EvaluationContent.Row {
    .init(
      name: part.name ?? "", pairs: part.pairs, responders: part.positive,
      estimates: metrics.map { estimate(part, $0.metric, over: nil) })
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
