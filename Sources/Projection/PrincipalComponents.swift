import Matrices
import Randomness

/// The leading principal components of samples, by subspace iteration from a seeded start (Halko, Martinsson and Tropp
/// 2011, doi:10.1137/090771806, algorithm 4.4).
///
/// The sign of a component is such that its score furthest from 0 is positive.
package struct PrincipalComponents: Sendable {
  package let samples: Int
  package let components: Int
  /// samples x components, row after row, the component of the largest variance first.
  package let scores: [Float]
  /// Variance of each component (divided by n).
  package let variances: [Double]

  /// Columns beyond those asked for, which speed up convergence.
  private static let spare = 10
  private static let rounds = 7

  /// Takes a row-major samples x features matrix of finite numbers.
  package init(
    _ values: [Float], samples: Int, features: Int, components: Int, seed: UInt64 = 0, lanes: Lanes = Lanes(1)
  ) {
    precondition(components > 0 && components <= min(samples, features), "\(components) components")
    let centred = Self.centred(values, samples, features)
    let width = min(components + Self.spare, samples, features)
    var numbers = SplitMix64(seed: seed)
    var directions = (0..<features * width).map { _ in numbers.normal() }
    for _ in 0..<Self.rounds {
      Self.orthonormalise(&directions, rows: features, columns: width)
      let scores = Self.product(centred, directions, samples, width, features, lanes: lanes)
      directions = Self.product(centred, scores, features, width, samples, transposesLeft: true, lanes: lanes)
    }
    Self.orthonormalise(&directions, rows: features, columns: width)
    let rough = Self.product(centred, directions, samples, width, features, lanes: lanes)
    let (variances, rotation) = Self.rotation(of: rough, samples, width)
    (self.samples, self.components) = (samples, components)
    self.variances = variances.prefix(components).map { $0 / Double(samples) }
    scores = Self.rotated(rough, by: rotation, samples, width, components)
  }

  private static func centred(_ values: [Float], _ samples: Int, _ features: Int) -> [Float] {
    var means = [Double](repeating: 0, count: features)
    for row in 0..<samples { for column in 0..<features { means[column] += Double(values[row * features + column]) } }
    var centred = values
    for row in 0..<samples {
      for column in 0..<features {
        let position = row * features + column
        centred[position] = Float(Double(values[position]) - means[column] / Double(samples))
      }
    }
    return centred
  }

  private static func product(
    _ left: [Float], _ right: [Float], _ rows: Int, _ columns: Int, _ depth: Int, transposesLeft: Bool = false,
    lanes: Lanes
  ) -> [Float] {
    var result = [Float](repeating: 0, count: rows * columns)
    result.withUnsafeMutableBufferPointer { result in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          guard let result = result.baseAddress, let left = left.baseAddress, let right = right.baseAddress else {
            return
          }
          MatrixProduct(rows: rows, columns: columns, depth: depth, transposesLeft: transposesLeft)
            .run(left, right, into: result, lanes: lanes)
        }
      }
    }
    return result
  }

  /// Makes columns orthonormal by Gram and Schmidt, twice; a column that depends on those before it becomes 0.
  private static func orthonormalise(_ matrix: inout [Float], rows: Int, columns: Int) {
    // Column after column, so that each is one stretch of memory.
    var basis = [Double](repeating: 0, count: rows * columns)
    for column in 0..<columns {
      for row in 0..<rows { basis[column * rows + row] = Double(matrix[row * columns + column]) }
    }
    basis.withUnsafeMutableBufferPointer { basis in
      guard let basis = basis.baseAddress else { return }
      for column in 0..<columns {
        let vector = basis + column * rows
        let before = product(vector, vector, rows).squareRoot()
        for _ in 0..<2 {
          for other in 0..<column { subtract(basis + other * rows, from: vector, rows) }
        }
        let after = product(vector, vector, rows).squareRoot()
        let scale = after > 1e-7 * before ? 1 / after : 0
        for row in 0..<rows { vector[row] *= scale }
      }
    }
    for column in 0..<columns {
      for row in 0..<rows { matrix[row * columns + column] = Float(basis[column * rows + row]) }
    }
  }

  private static func product(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
    var (sum, index) = (0.0, 0)
    while index < count {
      sum += a[index] * b[index]
      index &+= 1
    }
    return sum
  }

  /// Takes the share of a unit vector out of another.
  private static func subtract(
    _ unit: UnsafePointer<Double>, from vector: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    let share = product(vector, unit, count)
    var index = 0
    while index < count {
      vector[index] -= share * unit[index]
      index &+= 1
    }
  }

  /// Sums of squares along the principal axes of some columns, largest first, and the axes as columns.
  private static func rotation(of scores: [Float], _ samples: Int, _ width: Int) -> ([Double], [[Double]]) {
    var gram = Array(repeating: Array(repeating: 0.0, count: width), count: width)
    for row in 0..<samples {
      for i in 0..<width {
        let value = Double(scores[row * width + i])
        for j in 0...i { gram[i][j] += value * Double(scores[row * width + j]) }
      }
    }
    for i in 0..<width { for j in 0..<i { gram[j][i] = gram[i][j] } }
    let (values, axes) = SymmetricMatrix(gram).eigen()
    let order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
    return (order.map { max(0, values[$0]) }, order.map { axis in axes.map { $0[axis] } })
  }

  private static func rotated(
    _ scores: [Float], by axes: [[Double]], _ samples: Int, _ width: Int, _ components: Int
  ) -> [Float] {
    var result = [Float](repeating: 0, count: samples * components)
    for component in 0..<components {
      let axis = axes[component]
      let column = (0..<samples).map { row in
        (0..<width).reduce(0) { $0 + Double(scores[row * width + $1]) * axis[$1] }
      }
      let (low, high) = (column.min() ?? 0, column.max() ?? 0)
      let sign: Double = -low > high ? -1 : 1
      for row in 0..<samples { result[row * components + component] = Float(sign * column[row]) }
    }
    return result
  }
}
