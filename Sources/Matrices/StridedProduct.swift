import COpenBLAS

/// The product of parts of row-major matrices in single precision, by OpenBLAS, on the thread that asks for it.
///
/// Whoever cuts work into whole pieces of its own, such as samples, runs one on each lane.
package struct StridedProduct {
  /// Rows and columns of the result, and length of the sums.
  package var rows: Int
  package var columns: Int
  package var depth: Int
  /// Numbers from one stored row to the next of each matrix.
  package var leftStride: Int
  package var rightStride: Int
  package var resultStride: Int
  /// Whether the right matrix is stored columns x depth.
  package var transposesRight: Bool

  package init(
    rows: Int, columns: Int, depth: Int, leftStride: Int, rightStride: Int, resultStride: Int, transposesRight: Bool
  ) {
    (self.rows, self.columns, self.depth) = (rows, columns, depth)
    (self.leftStride, self.rightStride, self.resultStride) = (leftStride, rightStride, resultStride)
    self.transposesRight = transposesRight
  }

  /// Computes `scale * left * right` into `result`.
  package func run(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scale: Float = 1
  ) {
    guard rows > 0, columns > 0 else { return }
    OpenBLAS.loaded.sgemm(
      CblasRowMajor, CblasNoTrans, transposesRight ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns),
      blasint(depth), scale, left, blasint(leftStride), right, blasint(rightStride), 0, result, blasint(resultStride))
  }
}
