import Testing

@testable import Matrices

@Suite("Reductions")
struct ReductionTests {
  private let lanes = Lanes(2)

  /// Numbers are summed in single precision in blocks of 512 on 32 accumulators: 16 roundings to 2^-24 of a partial sum
  /// that is at most 16, then 5 more of the block's.
  @Test("sum numbers, whatever their count", arguments: [0, 1, 7, 8, 9, 31, 33, 511, 513, 978, 5_000])
  func sums(count: Int) {
    let (a, b) = (numbers(count, seed: 1), numbers(count, seed: 2))
    let exact = a.reduce(0.0) { $0 + Double($1) }
    let size = a.reduce(0.0) { $0 + Double(abs($1)) }
    #expect(abs(Reduction.sum(a, count: count) - exact) <= 21 * 0x1p-24 * size)
    let distance = zip(a, b).reduce(0.0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
    // The difference and its square are rounded too.
    #expect(abs(Reduction.squaredDistance(a, b, count: count) - distance) <= 25 * 0x1p-24 * distance)
  }

  @Test(
    "sum rows and columns", arguments: [(0, 5), (1, 1), (1, 9), (7, 8), (17, 33), (300, 3), (3, 978)] as [(Int, Int)])
  func rowsAndColumns(rows: Int, columns: Int) {
    let a = numbers(rows * columns, seed: 3)
    let ofRows = [Float].written(rows) {
      Reduction.sumRows(a, into: $0, rows: rows, columns: columns, lanes: lanes)
    }
    let ofColumns = [Float].written(columns) {
      Reduction.sumColumns(a, into: $0, rows: rows, columns: columns, lanes: lanes)
    }
    for row in 0..<rows {
      let exact = (0..<columns).reduce(0.0) { $0 + Double(a[row * columns + $1]) }
      #expect(abs(Double(ofRows[row]) - exact) <= 22 * 0x1p-24 * Double(columns))
    }
    for column in 0..<columns {
      let exact = (0..<rows).reduce(0.0) { $0 + Double(a[$1 * columns + column]) }
      // 128 rows are summed in single precision.
      #expect(abs(Double(ofColumns[column]) - exact) <= Double(min(rows, 128)) * 0x1p-24 * Double(rows))
    }
  }

  /// In single precision alone, the ones would no longer count from 2^24 on, and rounding would show long before.
  @Test("sum a tall column without losing its digits")
  func tallColumn() {
    let a = [Float](repeating: 0.1, count: 200_000)
    let sum = [Float].written(1) { Reduction.sumColumns(a, into: $0, rows: a.count, columns: 1, lanes: lanes) }
    // 128 equal terms round to 2e-7 or so of their sum; the blocks add up in double precision.
    #expect(abs(Double(sum[0]) - 200_000 * Double(0.1 as Float)) <= 20_000 * 1e-6)
  }

  @Test("the softmax sums to one, ignores a common shift, and withstands large numbers")
  func softmax() {
    let x: [Float] = [1, 2, 3, 1_001, 1_002, 1_003, -1e30, 0, -.infinity]
    let values = [Float].written(9) { Softmax.run(x, into: $0, rows: 3, columns: 3, lanes: lanes) }
    #expect(Array(values[0..<3]).bits == Array(values[3..<6]).bits)
    // Three roundings of numbers below 1.
    #expect(abs(values[0..<3].reduce(0, +) - 1) <= 3e-7)
    #expect(Array(values[6...]) == [0, 1, 0])
    let logarithms = [Float].written(9) { Softmax.logarithm(x, into: $0, rows: 3, columns: 3, lanes: lanes) }
    #expect(Array(logarithms[6...]) == [-1e30, 0, -.infinity])
    #expect(abs(logarithms[2] - -0.407_605_96) <= 1e-6)
  }

  @Test("the logistic loss overflows nowhere and keeps the digits of a small loss")
  func logisticLoss() {
    func loss(_ x: [Float], _ y: [Float]) -> Double { LogisticLoss.sum(x, targets: y, count: x.count) }
    #expect(loss([1e30, -1e30, 0], [1, 0, 0]) == Double(Float(0.693_147_18)))
    #expect(loss([-1_000], [1]) == 1_000)
    // e^-12, to the three units in the last place of log(1 + x) and the two of exp.
    #expect(abs(loss([12], [1]) / 6.144_193_477e-6 - 1) <= 5 * 0x1p-23)
    #expect(loss([], []) == 0)
  }

  @Test("the largest number of a row is the first of equal ones, and NaN where there is one")
  func largest() {
    let a: [Float] = [1, 3, 3, -1, -.infinity, -.infinity, 2, .nan, .nan, 5, 1, -2]
    #expect(RowMaximum.places(a, rows: 4, columns: 3) == [1, 3, 7, 9])
    #expect(RowMaximum.places(a, rows: 2, columns: 6, width: 2, stride: 3) == [1, 3, 7, 9])
    #expect(RowMaximum.places(a, rows: 1, columns: 4, width: 3, stride: 1) == [1, 1])
    #expect(RowMaximum.places(a, rows: 0, columns: 0) == [])
  }
}
