import TestSupport
import Testing

@testable import Matrices

@Suite("Matrix product")
struct MatrixProductTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    let rows: Int, columns: Int, depth: Int
    var testDescription: String { "\(rows) x \(depth) x \(columns)" }
  }

  /// The last three are large enough to be cut, by rows and by columns.
  static let shapes: [Shape] = [
    Shape(rows: 1, columns: 1, depth: 1), Shape(rows: 1, columns: 9, depth: 978), Shape(rows: 7, columns: 8, depth: 9),
    Shape(rows: 9, columns: 1, depth: 7), Shape(rows: 5, columns: 3, depth: 0), Shape(rows: 0, columns: 3, depth: 2),
    Shape(rows: 2, columns: 0, depth: 3), Shape(rows: 33, columns: 65, depth: 51),
    Shape(rows: 70, columns: 31, depth: 50),
    Shape(rows: 3, columns: 331, depth: 111),
  ]

  /// A rounding to 2^-24 for each term and each sum bounds the error by (depth + 2) * 2^-24 times the sum of sizes.
  @Test("is the product in double precision, transposed or not", arguments: shapes, [false, true])
  func isExact(shape: Shape, transposesLeft: Bool) {
    let (rows, columns, depth) = (shape.rows, shape.columns, shape.depth)
    let left = numbers(rows * depth, seed: 1)
    let right = numbers(depth * columns, seed: 2)
    let old = numbers(rows * columns, seed: 3)
    for transposesRight in [false, true] {
      let product = MatrixProduct(
        rows: rows, columns: columns, depth: depth, transposesLeft: transposesLeft, transposesRight: transposesRight)
      let plain = [Float].written(rows * columns) { product.run(left, right, into: $0, lanes: Lanes(2)) }
      var scaled = old
      product.run(left, right, into: &scaled, scale: -2, keep: 0.5, lanes: Lanes(2))
      for row in 0..<rows {
        for column in 0..<columns {
          var (sum, size) = (0.0, 0.0)
          for term in 0..<depth {
            let a = Double(left[transposesLeft ? term * rows + row : row * depth + term])
            let b = Double(right[transposesRight ? column * depth + term : term * columns + column])
            sum += a * b
            size += abs(a * b)
          }
          let bound = Double(depth + 2) * 0x1p-24 * (size + 1)
          let place = row * columns + column
          #expect(abs(Double(plain[place]) - sum) <= bound)
          #expect(abs(Double(scaled[place]) - (0.5 * Double(old[place]) - 2 * sum)) <= 3 * bound)
        }
      }
    }
  }

  @Test("of several matrices is the product of each", arguments: [0, 1, 2, 5])
  func severalTimes(count: Int) {
    // 5 of them are worth a fork, and one alone is not.
    let product = MatrixProduct(rows: 40, columns: 41, depth: 30, transposesRight: true)
    let (left, right) = (numbers(count * 1_200, seed: 4), numbers(count * 1_230, seed: 5))
    let together = [Float].written(count * 1_640) { product.run(left, right, into: $0, times: count, lanes: Lanes(2)) }
    for index in 0..<count {
      let alone = [Float].written(1_640) {
        product.run(
          Array(left[index * 1_200..<(index + 1) * 1_200]), Array(right[index * 1_230..<(index + 1) * 1_230]), into: $0,
          lanes: Lanes(1))
      }
      #expect(Array(together[index * 1_640..<(index + 1) * 1_640]).bits == alone.bits)
    }
  }
}
