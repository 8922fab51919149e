/// Samples as points of a Euclidean space.
package struct Points: Sendable {
  /// Rows are padded with zeros to whole SIMD vectors, which changes no distance.
  static let padding = 8

  package let samples: Int
  package let features: Int
  /// `samples * stride` numbers, row after row.
  let values: [Float]
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
    try self.init([values], features: features)
  }

  /// Takes several row-major matrices of the same features, one below the other; throws as for one.
  package init(_ matrices: [[Float]], features: Int) throws(StatisticsError) {
    var samples = 0
    for values in matrices {
      guard features > 0, values.count % features == 0 else {
        throw StatisticsError(
          .mismatchedCounts, at: nil, "\(values.count) numbers are no rows of \(features) features")
      }
      if let position = values.firstIndex(where: { !$0.isFinite }) {
        throw StatisticsError(
          .notFinite, at: nil,
          "sample \(samples + position / features + 1) has \(values[position]) as its feature "
            + "\(position % features + 1)")
      }
      samples += values.count / features
    }
    let stride = (features + Points.padding - 1) / Points.padding * Points.padding
    var padded: [Float] = []
    padded.reserveCapacity(samples * stride)
    for values in matrices {
      for start in Swift.stride(from: 0, to: values.count, by: features) {
        padded.append(contentsOf: values[start..<start + features])
        padded.append(contentsOf: repeatElement(0, count: stride - features))
      }
    }
    (self.samples, self.features, self.values, self.stride) = (samples, features, padded, stride)
  }

  /// Some rows in double precision, so that distances are differences of the very numbers given.
  func write(_ rows: Range<Int>, into wide: UnsafeMutablePointer<Double>) {
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      let (first, count) = (start + rows.lowerBound * stride, rows.count * stride)
      for position in 0..<count { wide[position] = Double(first[position]) }
    }
  }
}
