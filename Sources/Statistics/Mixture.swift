import Glibc

/// Weights of a mixture, such as a patient's over cell lines: not negative, and one in sum.
package enum Mixture {
  /// How far from one a sum may be: a softmax in single precision over thousands of lines stays within a tenth of it.
  package static let tolerance = 1e-4

  /// The Shannon entropy of one mixture in nats, from 0 (one component) to ln(number of components).
  ///
  /// H = -sum w ln w over the weights divided by their sum (Shannon 1948, doi:10.1002/j.1538-7305.1948.tb01338.x); a
  /// weight of 0 adds nothing. Throws `.notMixture`, `.notFinite`.
  package static func entropy(of weights: UnsafeBufferPointer<Float>) throws(StatisticsError) -> Double {
    let total = try sum(of: weights)
    var entropy = 0.0
    for weight in weights where weight > 0 {
      let share = Double(weight) / total
      entropy -= share * log(share)
    }
    return max(0, entropy)
  }

  /// The entropies of the rows of a row-major matrix of `columns` components.
  package static func entropies(ofRows weights: [Float], columns: Int) throws(StatisticsError) -> [Double] {
    guard columns > 0, weights.count % columns == 0 else {
      throw StatisticsError(.mismatchedCounts, at: nil, "\(weights.count) weights are no rows of \(columns)")
    }
    return try weights.withUnsafeBufferPointer { (weights) throws(StatisticsError) in
      var entropies: [Double] = []
      for start in stride(from: 0, to: weights.count, by: columns) {
        do throws(StatisticsError) {
          entropies.append(try entropy(of: UnsafeBufferPointer(rebasing: weights[start..<start + columns])))
        } catch {
          throw StatisticsError(error.kind, at: nil, "row \(start / columns + 1): \(error.cause)")
        }
      }
      return entropies
    }
  }

  /// The sum of the weights, one within the tolerance; throws `.notMixture` and `.notFinite`.
  package static func sum(of weights: UnsafeBufferPointer<Float>) throws(StatisticsError) -> Double {
    var sum = 0.0
    for weight in weights {
      guard weight.isFinite else { throw StatisticsError(.notFinite, at: nil, "\(weight) is no weight") }
      guard weight >= 0 else { throw StatisticsError(.notMixture, at: nil, "the weight \(weight) is negative") }
      sum += Double(weight)
    }
    guard abs(sum - 1) <= tolerance else {
      throw StatisticsError(.notMixture, at: nil, "the weights sum to \(sum), not to one")
    }
    return sum
  }
}
