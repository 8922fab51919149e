import Matrices

extension Variable {
  /// The same numbers in another shape.
  package func reshaped(_ shape: [Int]) -> Variable {
    guard shape != self.shape else { return self }
    let own = self.shape
    return tape.record(value.reshaped(shape), of: [self]) { _, gradient in [gradient.reshaped(own)] }
  }

  /// Rows of a table, rows x columns, by their numbers: an embedding's look-up.
  package func gathered(_ rows: [Int]) -> Variable {
    let (count, columns) = (value.rows, value.columns)
    precondition(rows.allSatisfy { (0..<count).contains($0) }, "rows of a table of \(count) rows")
    let out = Tensor([rows.count, columns], pool: tape.pool)
    RowSelection(rows, columns: columns).gather(value.pointer, into: out.pointer, lanes: tape.lanes)
    return tape.record(out, of: [self]) { _, gradient in [gradient.scattered(to: rows, of: count)] }
  }

  /// A table of `count` rows in which each row of this one is added where `rows` says; zero elsewhere.
  package func scattered(to rows: [Int], of count: Int) -> Variable {
    let columns = value.columns
    precondition(rows.count == value.rows, "\(rows.count) places for \(value.rows) rows")
    precondition(rows.allSatisfy { (0..<count).contains($0) }, "rows of a table of \(count) rows")
    let out = Tensor([count, columns], repeating: 0, pool: tape.pool)
    RowSelection(rows, columns: columns).scatter(value.pointer, addingTo: out.pointer, lanes: tape.lanes)
    return tape.record(out, of: [self]) { _, gradient in [gradient.gathered(rows)] }
  }
}
