import Matrices

/// Points moved so that their mean is the origin, and scaled by a power of two to at most 1, in single precision: the
/// form in which inner products cancel least and cannot overflow.
struct CentredPoints {
  /// As in `Points`: rows of `stride` numbers.
  let values: [Float]
  /// Sums of the squares of these numbers, in double precision.
  let squaredNorms: [Double]
  let stride: Int
  private let roundoff: Double
  private let underflow: Double

  init(_ points: Points) {
    stride = points.stride
    let (means, largest) = Self.centre(of: points)
    let scale = largest > 0 ? Double(sign: .plus, exponent: -largest.exponent - 1, significand: 1) : 1
    var values = [Float](repeating: 0, count: points.values.count)
    var norms = [Double](repeating: 0, count: points.samples)
    for sample in 0..<points.samples {
      for feature in 0..<points.features {
        let position = sample * stride + feature
        let value = Float((Double(points.values[position]) - means[feature]) * scale)
        values[position] = value
        norms[sample] += Double(value) * Double(value)
      }
    }
    (self.values, squaredNorms) = (values, norms)
    precondition(points.features < 1 << 22, "\(points.features) features")
    roundoff = Double(points.features + 4) * Double(Float.ulpOfOne)
    underflow = Double(points.features) * Double(Float.leastNormalMagnitude)
  }

  /// How far the squared distance of two points, as it follows from their inner product, can be from the true one (in
  /// units of the scaled points), for a pair whose squared norms have the sum `norms`.
  ///
  /// m products of numbers with the unit roundoff u = 2^-24, summed in any order, with fused operations or without,
  /// are wrong by at most m u / (1 - m u) times the product of the norms (Higham, Accuracy and Stability of Numerical
  /// Algorithms, 2nd edition, section 3.1), and 2 |a| |b| is at most |a|^2 + |b|^2. Rounding the points to single
  /// precision adds no more than 4 u. `ulpOfOne` is 2 u, which makes up for the denominator.
  @inline(__always)
  func error(_ norms: Double) -> Double { roundoff * norms + underflow }

  /// Inner products of some rows with all, row after row: the only matrix product of the module.
  ///
  /// What is made of them does not depend on how they round, as `error` holds however they were summed.
  func writeProducts(of rows: Range<Int>, into products: UnsafeMutablePointer<Float>, lanes: Lanes) {
    values.withUnsafeBufferPointer { all in
      guard let all = all.baseAddress else { return }
      MatrixProduct(rows: rows.count, columns: squaredNorms.count, depth: stride, transposesRight: true).run(
        all + rows.lowerBound * stride, all, into: products, lanes: lanes)
    }
  }

  private static func centre(of points: Points) -> (means: [Double], largest: Double) {
    var means = [Double](repeating: 0, count: points.features)
    for sample in 0..<points.samples {
      for feature in 0..<points.features { means[feature] += Double(points.values[sample * points.stride + feature]) }
    }
    for feature in 0..<points.features { means[feature] /= Double(max(1, points.samples)) }
    var largest = 0.0
    for sample in 0..<points.samples {
      for feature in 0..<points.features {
        largest = max(largest, abs(Double(points.values[sample * points.stride + feature]) - means[feature]))
      }
    }
    return (means, largest)
  }
}
