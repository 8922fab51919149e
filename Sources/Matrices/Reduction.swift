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
    Elementwise.splitRows(rows, columns, lanes) { part in
      for row in part { out[row] = Float(sum(a + row * columns, count: columns)) }
    }
  }

  /// Sums over each column of rows x columns, each half of the rows on its own and then the two together.
  package static func sumColumns(
    _ a: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, lanes: Lanes
  ) {
    sumColumns(into: out, rows: rows, columns: columns, lanes: lanes) { row, sums in
      map(0..<columns, a + row * columns, sums, into: sums) { $0 + $1 }
    }
  }

  /// Rows that are summed in single precision before they are added in double precision.
  private static let blockRows = 128

  /// Sums over rows of what `add` adds to the sums for each of them.
  static func sumColumns(
    into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, lanes: Lanes,
    add: (_ row: Int, _ sums: UnsafeMutablePointer<Float>) -> Void
  ) {
    let middle = Lanes.middle(of: rows)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * columns) { totals in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * columns) { sums in
        guard let totals = totals.baseAddress, let sums = sums.baseAddress else { return }
        lanes.fork(isWorthIt: rows * columns >= Elementwise.least) { part in
          sumBlocks(
            of: part == 0 ? 0..<middle : middle..<rows, into: totals + part * columns,
            sums: sums + part * columns, columns: columns, add: add)
        }
        for column in 0..<columns { out[column] = Float(totals[column] + totals[columns + column]) }
      }
    }
  }

  private static func sumBlocks(
    of rows: Range<Int>, into totals: UnsafeMutablePointer<Double>, sums: UnsafeMutablePointer<Float>, columns: Int,
    add: (_ row: Int, _ sums: UnsafeMutablePointer<Float>) -> Void
  ) {
    totals.initialize(repeating: 0, count: columns)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
      sums.initialize(repeating: 0, count: columns)
      for row in start..<min(start + blockRows, rows.upperBound) { add(row, sums) }
      for column in 0..<columns { totals[column] += Double(sums[column]) }
    }
  }
}
