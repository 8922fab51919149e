import Matrices

extension Variable {
  /// The largest number of each window along the last axis; the gradient goes to the first of equal ones.
  ///
  /// Differentiable to any order.
  package func maximumPooled(width: Int, stride: Int) -> Variable {
    precondition(!shape.isEmpty, "windows on a single number")
    let (rows, columns) = (value.rows, value.columns)
    let places = RowMaximum.places(value.pointer, rows: rows, columns: columns, width: width, stride: stride)
    return gathered(places: places, as: shape.dropLast() + [(columns - width) / stride + 1])
  }
}
