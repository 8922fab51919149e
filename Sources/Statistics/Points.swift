/// Samples as points of a Euclidean space.
package struct Points: Sendable {
  /// Rows are padded with zeros to whole SIMD vectors, which changes no distance.
  static let padding = 8

  package let samples: Int
  package let features: Int
  /// `samples * stride` numbers, row after row; double, so that distances are differences of the very numbers given.
  let values: [Double]
  /// Numbers from one row to the next: `features` rounded up.
  let stride: Int

  /// Takes a row-major samples x features matrix.
  ///
  /// Throws `.mismatchedCounts` where the numbers do not fill it, `.notFinite` at NaN and infinity.
  package init(_ values: [Float], samples: Int, features: Int) throws(StatisticsError) {
    guard samples >= 0, features > 0, values.count == samples * features else {
      throw StatisticsError(
        .mismatchedCounts, at: nil, "\(values.count) numbers are no matrix of \(samples) samples x \(features) features"
      )
    }
    if let position = values.firstIndex(where: { !$0.isFinite }) {
      throw StatisticsError(
        .notFinite, at: nil,
        "sample \(position / features + 1) has \(values[position]) as its feature \(position % features + 1)")
    }
    let stride = (features + Points.padding - 1) / Points.padding * Points.padding
    var padded = [Double](repeating: 0, count: samples * stride)
    for sample in 0..<samples {
      for feature in 0..<features {
        padded[sample * stride + feature] = Double(values[sample * features + feature])
      }
    }
    (self.samples, self.features, self.values, self.stride) = (samples, features, padded, stride)
  }
}
