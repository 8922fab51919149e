/// Writes a float32 matrix as .npy row by row, in C order and format version 1.0.
package final class NPYWriter {
  private let sink: any ByteSink
  private let rows: Int
  private let columns: Int
  private var written = 0

  package init(_ sink: any ByteSink, rows: Int, columns: Int) throws {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    self.sink = sink
    try Self.header(rows, columns).withUnsafeBytes { try sink.write($0) }
  }

  /// Appends one row of exactly `columns` values.
  package func write(row: UnsafeBufferPointer<Float>) throws {
    precondition(row.count == columns && written < rows, "row \(written) of \(row.count) values, \(rows) x \(columns)")
    try sink.write(UnsafeRawBufferPointer(row))
    written += 1
  }

  /// Finishes the sink; every row must have been written.
  package func finish() throws {
    precondition(written == rows, "\(written) of \(rows) rows were written")
    try sink.finish()
  }

  private static func header(_ rows: Int, _ columns: Int) -> [UInt8] {
    let literal = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    let length = (10 + literal.utf8.count + 1 + 63) / 64 * 64 - 10
    let padding = String(repeating: " ", count: length - literal.utf8.count - 1)
    return [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array((literal + padding + "\n").utf8)
  }
}
