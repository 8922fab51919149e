import COpenBLAS

/// The product of two row-major matrices in single precision, by OpenBLAS.
package struct MatrixProduct {
  /// Rows of the result.
  package var rows: Int
  /// Columns of the result.
  package var columns: Int
  /// Length of the sums.
  package var depth: Int
  /// Whether the left matrix is stored depth x rows.
  package var transposesLeft = false
  /// Whether the right matrix is stored columns x depth.
  package var transposesRight = false

  package init(rows: Int, columns: Int, depth: Int, transposesLeft: Bool = false, transposesRight: Bool = false) {
    self.rows = rows
    self.columns = columns
    self.depth = depth
    self.transposesLeft = transposesLeft
    self.transposesRight = transposesRight
  }

  /// Floating-point operations: a multiplication and an addition for each term.
  package var operations: Int { 2 * rows * columns * depth }

  /// Below so many operations the work is not cut.
  private static let leastOperations = 200_000

  /// Computes `scale * left * right + keep * result` into `result`.
  ///
  /// The result is cut in two by rows, or by columns where there are few rows, at a place that depends on the shape
  /// alone.
  package func run(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scale: Float = 1, keep: Float = 0, lanes: Lanes
  ) {
    guard operations >= MatrixProduct.leastOperations else {
      return run(left, right, into: result, rows: 0..<rows, columns: 0..<columns, scale: scale, keep: keep)
    }
    if rows >= 32 {
      let middle = Lanes.middle(of: rows)
      lanes.fork { part in
        let part = part == 0 ? 0..<middle : middle..<rows
        run(left, right, into: result, rows: part, columns: 0..<columns, scale: scale, keep: keep)
      }
    } else {
      let middle = Lanes.middle(of: columns)
      lanes.fork { part in
        let part = part == 0 ? 0..<middle : middle..<columns
        run(left, right, into: result, rows: 0..<rows, columns: part, scale: scale, keep: keep)
      }
    }
  }

  /// Computes as many products of this shape, each from the next matrix on the left and on the right into the next
  /// result: the first half of them on one lane, the others on the other.
  package func run(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    times count: Int, lanes: Lanes
  ) {
    if count == 1 { return run(left, right, into: result, lanes: lanes) }
    lanes.fork(isWorthIt: count * operations >= MatrixProduct.leastOperations) { part in
      for index in part == 0 ? 0..<(count / 2) : (count / 2)..<count {
        run(
          left + index * rows * depth, right + index * depth * columns, into: result + index * rows * columns,
          rows: 0..<rows, columns: 0..<columns, scale: 1, keep: 0)
      }
    }
  }

  private func run(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    rows part: Range<Int>, columns span: Range<Int>, scale: Float, keep: Float
  ) {
    guard !part.isEmpty, !span.isEmpty else { return }
    // A row is never nothing long, not even where the sums have no terms.
    let stride = blasint(max(depth, 1))
    let leftStart = transposesLeft ? part.lowerBound : part.lowerBound * depth
    let rightStart = transposesRight ? span.lowerBound * depth : span.lowerBound
    OpenBLAS.loaded.sgemm(
      CblasRowMajor, transposesLeft ? CblasTrans : CblasNoTrans, transposesRight ? CblasTrans : CblasNoTrans,
      blasint(part.count), blasint(span.count), blasint(depth), scale,
      left + leftStart, transposesLeft ? blasint(rows) : stride, right + rightStart,
      transposesRight ? stride : blasint(columns), keep,
      result + part.lowerBound * columns + span.lowerBound, blasint(columns))
  }
}
