/// Rows of a table, rows x columns, by their numbers.
package struct RowSelection {
  package let rows: [Int]
  package let columns: Int

  /// The caller sees to it that the table has these rows.
  package init(_ rows: [Int], columns: Int) { (self.rows, self.columns) = (rows, columns) }

  /// Copies the rows one behind the other.
  package func gather(_ table: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, lanes: Lanes) {
    Elementwise.splitRows(rows.count, columns, lanes) { part in
      for place in part { (out + place * columns).update(from: table + rows[place] * columns, count: columns) }
    }
  }

  /// Adds each of the rows that stand one behind the other to its own in the table, in their order.
  package func scatter(_ values: UnsafePointer<Float>, addingTo table: UnsafeMutablePointer<Float>, lanes: Lanes) {
    // By columns, so that no two lanes meet in a row of the table.
    lanes.split(columns, least: rows.count * columns >= Elementwise.least ? 0 : .max) { part in
      for (place, row) in rows.enumerated() {
        map(part, table + row * columns, values + place * columns, into: table + row * columns) { $0 + $1 }
      }
    }
  }
}
