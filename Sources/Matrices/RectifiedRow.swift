import CVector

/// Sums and products of rows in single passes, for networks without gradients. On the thread that asks for it.
package enum RectifiedRow {
  /// x + (a + b) in place, and 0 where that is negative.
  package static func add(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, to x: UnsafeMutablePointer<Float>, count: Int
  ) {
    CVector_rectifiedSum(x, a, b, count)
  }

  /// The sum of a times b.
  package static func product(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
    CVector_product(a, b, count)
  }
}
