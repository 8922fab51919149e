import Glibc

/// How well log odds agree with labels.
package struct PredictorScore: Sendable, Equatable, Codable {
  package let pairs: Int
  package let positives: Int
  /// Mean cross entropy.
  package let loss: Double
  /// Share of pairs whose log odds are above 0 where the label is 1, and not above 0 where it is 0.
  package let accuracy: Double

  /// `labels`: 1 or 0, one for each of the log odds, of which there is one at least.
  package init(logits: [Float], labels: [Float]) {
    precondition(!logits.isEmpty && logits.count == labels.count, "\(logits.count) log odds, \(labels.count) labels")
    var (sum, right) = (0.0, 0)
    for (logit, label) in zip(logits, labels) {
      // log(1 + e^x) - x y, without overflow.
      let x = Double(logit)
      sum += max(x, 0) - x * Double(label) + log1p(exp(-abs(x)))
      right += (logit > 0) == (label > 0) ? 1 : 0
    }
    pairs = logits.count
    positives = labels.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    (loss, accuracy) = (sum / Double(pairs), Double(right) / Double(pairs))
  }
}
