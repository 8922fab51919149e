import Testing

@testable import Matrices

/// One lane and two must give the same bits, in every kernel, at sizes that are cut in two.
@Suite("One lane and two")
struct LaneBitsTests {
  typealias Kernel = @Sendable (Lanes) -> [Float]

  /// 67 rows, so that the parts are unlike; 311 columns, no multiple of 8.
  static let (rows, columns) = (67, 311)
  static let a = numbers(rows * columns, within: 2, seed: 1)
  static let b = numbers(rows * columns, within: 2, seed: 2).map { $0 + ($0 < 0 ? -0.5 : 0.5) }
  static let row = Array(b[..<columns])
  static let column = Array(b[..<rows])
  static let count = rows * columns

  private static func whole(_ body: @escaping @Sendable (UnsafeMutablePointer<Float>, Lanes) -> Void) -> Kernel {
    { lanes in .written(count) { body($0, lanes) } }
  }

  static let elementwise: [(String, Kernel)] =
    ([.exp, .log, .squareRoot, .square, .sigmoid, .tanh, .gelu, .geluSlope] as [Elementwise.Unary]).map { operation in
      ("\(operation)", whole { Elementwise.run(operation, a, into: $0, count: count, lanes: $1) })
    }
    + ([.add, .subtract, .multiply, .divide] as [Elementwise.Binary]).flatMap { operation in
      [
        ("\(operation)", whole { Elementwise.run(operation, a, b, into: $0, count: count, lanes: $1) }),
        (
          "\(operation) row",
          whole { Elementwise.run(operation, rowsOf: a, row: row, into: $0, rows: rows, columns: columns, lanes: $1) }
        ),
        (
          "\(operation) column",
          whole {
            Elementwise.run(operation, rowsOf: a, column: column, into: $0, rows: rows, columns: columns, lanes: $1)
          }
        ),
      ]
    }
    + [
      ("scale", whole { Elementwise.scale(a, by: 1.7, plus: -0.3, into: $0, count: count, lanes: $1) }),
      ("difference", whole { Elementwise.difference(a, b, by: 1.7, into: $0, count: count, lanes: $1) }),
      ("rectify", whole { Elementwise.rectify(a, slope: 0.2, into: $0, count: count, lanes: $1) }),
      ("rectifier slope", whole { Elementwise.rectifierSlope(a, slope: 0.2, into: $0, count: count, lanes: $1) }),
    ]

  static let rowwise: [(String, Kernel)] = [
    ("softmax", whole { Softmax.run(a, into: $0, rows: rows, columns: columns, lanes: $1) }),
    ("logarithm of softmax", whole { Softmax.logarithm(a, into: $0, rows: rows, columns: columns, lanes: $1) }),
    (
      "row sums",
      { lanes in .written(rows) { Reduction.sumRows(a, into: $0, rows: rows, columns: columns, lanes: lanes) } }
    ),
    (
      "column sums",
      { lanes in .written(columns) { Reduction.sumColumns(a, into: $0, rows: rows, columns: columns, lanes: lanes) } }
    ),
    (
      "rectangle",
      { lanes in
        .written(rows * 300) {
          Rectangle(rows: rows, columns: 300).copy(a, every: columns, into: $0, every: 300, lanes: lanes)
        }
      }
    ),
    (
      "transposition",
      whole { StridedCopy(sizes: [columns, rows], strides: [1, columns]).run(a, into: $0, lanes: $1) }
    ),
    (
      "repetition",
      whole { StridedCopy(sizes: [rows, columns], strides: [1, 0]).run(column, into: $0, lanes: $1) }
    ),
    (
      "product",
      { lanes in
        .written(rows * rows) {
          MatrixProduct(rows: rows, columns: rows, depth: columns, transposesRight: true).run(
            a, b, into: $0, lanes: lanes)
        }
      }
    ),
    (
      "flat product",
      { lanes in
        .written(4 * columns) {
          MatrixProduct(rows: 4, columns: columns, depth: rows * 3).run(a + a, a + b + a, into: $0, lanes: lanes)
        }
      }
    ),
  ]

  static let fused: [(String, Kernel)] = [
    (
      "layer normalisation",
      { lanes in layerNormalization(.init(rows: rows, columns: columns, isRectified: true), lanes) }
    ),
    (
      "layer normalisation by the unbiased deviation",
      { lanes in layerNormalization(.init(rows: rows, columns: columns, deviation: .unbiased), lanes) }
    ),
    ("batch normalisation", batchNormalization),
    (
      "windows",
      { lanes in
        let unfolding = Unfolding(batch: rows, channels: 1, length: columns, width: 5, stride: 2, padding: 3)
        let windows = [Float].written(rows * unfolding.windows * 5) { unfolding.run(a, into: $0, lanes: lanes) }
        return windows + .written(count) { unfolding.fold(windows, into: $0, lanes: lanes) }
      }
    ),
    (
      "Adam",
      { lanes in
        var (value, first, second) = (a, b, b.map(abs))
        AdamStep(learningRate: 1e-3, weightDecay: 0.1, number: 3).run(
          &value, gradient: b, first: &first, second: &second, count: count, lanes: lanes)
        return value + first + second
      }
    ),
  ]

  @Test("give the same bits in every kernel")
  func sameBits() {
    let (one, two) = (Lanes(1), Lanes(2))
    for (name, kernel) in LaneBitsTests.elementwise + LaneBitsTests.rowwise + LaneBitsTests.fused {
      #expect(kernel(one).bits == kernel(two).bits, "\(name)")
    }
  }

  private static func layerNormalization(_ kernel: LayerNormalization, _ lanes: Lanes) -> [Float] {
    var (out, normalized, inverse) = (a, a, column)
    kernel.run(a, scale: row, shift: row, into: &out, normalized: &normalized, inverse: &inverse, lanes: lanes)
    var (byX, byScale, byShift) = (a, row, row)
    kernel.backward(
      b, out: out, normalized: normalized, inverse: inverse, scale: row, into: &byX, scaleGradient: &byScale,
      shiftGradient: &byShift, lanes: lanes)
    return out + inverse + byX + byScale + byShift
  }

  private static func batchNormalization(_ lanes: Lanes) -> [Float] {
    let kernel = BatchNormalization(rows: rows, columns: columns)
    var (out, normalized, mean, variance) = (a, a, row, row)
    kernel.run(
      a, scale: row, shift: row, into: &out, normalized: &normalized, mean: &mean, variance: &variance, lanes: lanes)
    var (byX, byScale, byShift) = (a, row, row)
    kernel.backward(
      b, normalized: normalized, variance: variance, scale: row, into: &byX, scaleGradient: &byScale,
      shiftGradient: &byShift, lanes: lanes)
    return out + mean + variance + byX + byScale + byShift
  }
}
