/// The largest number of each row, and where it stands. The first of equal ones counts; NaN is larger than any.
package enum RowMaximum {
  /// Places in rows x columns, counted from the first number of all.
  package static func places(_ a: UnsafePointer<Float>, rows: Int, columns: Int) -> [Int] {
    precondition(columns > 0 || rows == 0, "the largest of no numbers")
    return (0..<rows).map { place(a, row: $0 * columns, count: columns) }
  }

  /// Places of the largest number in windows of `width` that move by `stride` along each row.
  package static func places(
    _ a: UnsafePointer<Float>, rows: Int, columns: Int, width: Int, stride: Int
  ) -> [Int] {
    precondition(width > 0 && stride > 0 && columns >= width, "windows of \(width) by \(stride) on \(columns)")
    let windows = (columns - width) / stride + 1
    return (0..<(rows * windows)).map { window in
      place(a, row: window / windows * columns + window % windows * stride, count: width)
    }
  }

  private static func place(_ a: UnsafePointer<Float>, row: Int, count: Int) -> Int {
    var best = row
    for index in row..<(row + count) where !(a[index] <= a[best]) && a[best] == a[best] { best = index }
    return best
  }
}
