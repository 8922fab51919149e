/// A rectangle of numbers in a row-major matrix.
package struct Rectangle {
  package var rows: Int
  package var columns: Int

  package init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// Copies it from one matrix into another, each of which has a row every so many numbers.
  package func copy(
    _ a: UnsafePointer<Float>, every width: Int, into out: UnsafeMutablePointer<Float>, every outWidth: Int,
    lanes: Lanes
  ) {
    Elementwise.splitRows(rows, columns, lanes) { part in
      for row in part { (out + row * outWidth).update(from: a + row * width, count: columns) }
    }
  }
}
