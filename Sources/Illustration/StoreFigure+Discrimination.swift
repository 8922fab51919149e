import Figures
import Outcomes
import Problems
import Statistics

/// A curve of how well scores tell responders from others.
package enum DiscriminationCurve: String, CaseIterable, Sendable {
  case receiverOperating = "roc"
  case precisionRecall = "precision-recall"
}

extension StoreFigure {
  /// The ROC or the precision-recall curves of several models' scores, over their labelled pairs.
  ///
  /// Throws `.missing` where the scores have not both labels.
  package static func discrimination(
    _ kind: DiscriminationCurve, of models: [(name: String, scores: ScoredPairs)]
  ) throws -> DiscriminationFigure {
    var prevalence: Double?
    let curves = try models.map { name, scores -> DiscriminationFigure.Curve in
      let rows = scores.labels.indices.filter { scores.labels[$0] != nil }
      let tally = try ScoreTally(labels: rows.map { scores.labels[$0] == true }, scores: rows.map { scores.logits[$0] })
      let curve =
        kind == .receiverOperating ? ThresholdCurve.receiverOperating(tally) : ThresholdCurve.precisionRecall(tally)
      guard let points = curve.value?.points else {
        throw IllustrationError(
          .missing, at: Place(scores.path), "gives no curve: \(curve.reason ?? "a class is missing")",
          remedy: "give scores of pairs with both labels")
      }
      prevalence = prevalence ?? Double(tally.positiveCount) / Double(tally.count)
      return .init(
        name: name, x: points.map(\.x), y: points.map(\.y),
        area: tally[kind == .receiverOperating ? .auroc : .auprc].value)
    }
    switch kind {
    case .receiverOperating:
      return DiscriminationFigure(
        title: "Responders against others",
        caption: "Receiver operating characteristic of the pairs with a known response: each threshold of the log odds "
          + "gives a point. The dashed line is a guess.", kind: .roc, curves: curves)
    case .precisionRecall:
      return DiscriminationFigure(
        title: "Precision and recall",
        caption: "Of the pairs with a known response; the dashed line is the share of responders, which a guess has.",
        kind: .precisionRecall(prevalence: prevalence), curves: curves)
    }
  }
}
