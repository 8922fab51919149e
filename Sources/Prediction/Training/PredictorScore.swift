import Glibc
import Statistics

/// How well log odds agree with labels.
package struct PredictorScore: Sendable, Equatable, Codable {
  package let pairs: Int
  package let positives: Int
  /// Mean cross entropy.
  package let loss: Double
  /// All measures of a classifier, or why there is none.
  package let metrics: [ClassificationMetric: Estimate<Double>]

  /// `labels`: 1 or 0, one for each of the log odds, of which there is one at least. Throws `StatisticsError` at log odds
  /// that are no finite number.
  package init(logits: [Float], labels: [Float]) throws {
    let tally = try ScoreTally(labels: labels.map { $0 > 0 }, scores: logits.map(Double.init))
    (pairs, positives) = (tally.count, tally.positiveCount)
    (loss, metrics) = (Self.loss(logits: logits, labels: labels), tally.metrics)
  }

  /// The mean cross entropy of log odds.
  static func loss(logits: [Float], labels: [Float]) -> Double {
    precondition(!logits.isEmpty && logits.count == labels.count, "\(logits.count) log odds, \(labels.count) labels")
    let sum = zip(logits, labels).reduce(0.0) { sum, pair in
      // log(1 + e^x) - x y, without overflow.
      let x = Double(pair.0)
      return sum + max(x, 0) - x * Double(pair.1) + log1p(exp(-abs(x)))
    }
    return sum / Double(logits.count)
  }
}
