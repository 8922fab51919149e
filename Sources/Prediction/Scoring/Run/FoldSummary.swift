import Glibc

/// What the folds say of a pair together.
package struct FoldSummary: Equatable {
  /// Mean of the log odds.
  let logit: Float
  /// Their standard deviation over n - 1; NaN for one fold.
  let deviation: Float
  /// Mean of the probabilities.
  let probability: Float

  /// Numbers of a pair in a journal.
  static let size = 3

  /// `logits`: one a fold.
  init(_ logits: UnsafeBufferPointer<Float>) {
    let count = Double(logits.count)
    var (sum, odds) = (0.0, 0.0)
    for logit in logits {
      sum += Double(logit)
      odds += 1 / (1 + exp(-Double(logit)))
    }
    let mean = sum / count
    let squares = logits.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    (logit, probability) = (Float(mean), Float(odds / count))
    deviation = logits.count > 1 ? Float((squares / (count - 1)).squareRoot()) : .nan
  }

  /// Pairs x folds to pairs x 3.
  package static func rows(_ logits: [Float], folds: Int) -> [Float] {
    logits.withUnsafeBufferPointer { logits in
      var rows: [Float] = []
      rows.reserveCapacity(logits.count / folds * size)
      for start in stride(from: 0, to: logits.count, by: folds) {
        let summary = FoldSummary(UnsafeBufferPointer(rebasing: logits[start..<(start + folds)]))
        rows.append(summary.logit)
        rows.append(summary.deviation)
        rows.append(summary.probability)
      }
      return rows
    }
  }
}
