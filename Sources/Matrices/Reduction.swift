/// Sums of matrices. The order of each depends on the shape alone.
package enum Reduction {
  /// The sum of all numbers.
  package static func sum(_ a: UnsafePointer<Float>, count: Int) -> Double {
    Matrices.sum(0..<count, { a.vector(at: $0) }, rest: { a.vector(at: $0, first: $1) })
  }

  /// The sum of the squares of the differences.
  package static func squaredDistance(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Double {
    Matrices.sum(0..<count) {
      let difference = a.vector(at: $0) - b.vector(at: $0)
      return difference * difference
    } rest: {
      let difference = a.vector(at: $0, first: $1) - b.vector(at: $0, first: $1)
      return difference * difference
    }
  }

  /// Sums over each row of rows x columns.
  package static func sumRows(
    _ a: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, lanes: Lanes
  ) {
    nonisolated(unsafe) let (a, out) = (a, out)
    Elementwise.splitRows(rows, columns, lanes) { part in
      for row in part { out[row] = Float(sum(a + row * columns, count: columns)) }
    }
  }

  /// Sums over each column of rows x columns, each half of the rows on its own and then the two together.
  package static func sumColumns(
    _ a: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, lanes: Lanes
  ) {
    nonisolated(unsafe) let a = a
    sumColumns(into: out, rows: rows, columns: columns, lanes: lanes) { row, sums in
      map(0..<columns, a + row * columns, sums, into: sums) { $0 + $1 }
    }
  }

  /// Sums over rows of what `add` adds to the sums for each of them.
  static func sumColumns(
    into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, lanes: Lanes,
    add: (_ row: Int, _ sums: UnsafeMutablePointer<Float>) -> Void
  ) {
    out.update(repeating: 0, count: columns)
    let middle = Lanes.middle(of: rows)
    guard middle > 0, middle < rows else {
      for row in 0..<rows { add(row, out) }
      return
    }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: columns) { other in
      guard let base = other.baseAddress else { return }
      base.initialize(repeating: 0, count: columns)
      nonisolated(unsafe) let (out, second) = (out, base)
      lanes.fork(isWorthIt: rows * columns >= 16_384) { part in
        if part == 0 {
          for row in 0..<middle { add(row, out) }
        } else {
          for row in middle..<rows { add(row, second) }
        }
      }
      map(0..<columns, out, second, into: out) { $0 + $1 }
    }
  }
}
