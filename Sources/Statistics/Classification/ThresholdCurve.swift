/// The points of a curve over all thresholds, the strictest first.
package struct ThresholdCurve: Sendable, Equatable, Codable {
  package struct Point: Sendable, Equatable, Codable {
    package var x: Double
    package var y: Double
    /// Scores from here up count as positive; nil for the end of the curve that no score stands for.
    package var threshold: Double?
  }

  package let points: [Point]

  /// False positive rate against recall, from (0, 0) to (1, 1); no point is left out, as scikit-learn's `roc_curve`
  /// gives them with `drop_intermediate=False`.
  package static func receiverOperating(_ tally: ScoreTally) -> Estimate<ThresholdCurve> {
    if let missing = tally.missingClass { return .notEstimable(missing) }
    var points = [Point(x: 0, y: 0, threshold: nil)]
    var (hits, alarms) = (0, 0)
    for position in tally.scores.indices {
      hits += tally.positives[position]
      alarms += tally.negatives[position]
      points.append(
        Point(
          x: Double(alarms) / Double(tally.negativeCount), y: Double(hits) / Double(tally.positiveCount),
          threshold: tally.scores[position]))
    }
    return .estimated(ThresholdCurve(points: points))
  }

  /// Recall against precision, from (0, 1); the points of scikit-learn's `precision_recall_curve` in the other order.
  package static func precisionRecall(_ tally: ScoreTally) -> Estimate<ThresholdCurve> {
    if let missing = tally.missingClass { return .notEstimable(missing) }
    var points = [Point(x: 0, y: 1, threshold: nil)]
    var (hits, taken) = (0, 0)
    for position in tally.scores.indices {
      hits += tally.positives[position]
      taken += tally.positives[position] + tally.negatives[position]
      points.append(
        Point(
          x: Double(hits) / Double(tally.positiveCount), y: Double(hits) / Double(taken),
          threshold: tally.scores[position]))
    }
    return .estimated(ThresholdCurve(points: points))
  }
}
