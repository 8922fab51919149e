import Problems

/// Writes a GCT 1.3 text matrix row by row: missing numbers as NaN, missing metadata as -666.
package final class GCTWriter {
  private let sink: any ByteSink
  private let columnCount: Int
  private let rowCount: Int
  private let rowFields: [String]
  private var written = 0
  private var line = ""

  /// Writes the header and the columns' metadata; each column field has one value a column.
  package init(
    _ sink: any ByteSink, rowCount: Int, columnIDs: [String], rowFields: [String], columnFields: [GCTField]
  ) throws {
    self.sink = sink
    self.rowCount = rowCount
    columnCount = columnIDs.count
    self.rowFields = rowFields
    try sink.write("#1.3\n\(rowCount)\t\(columnIDs.count)\t\(rowFields.count)\t\(columnFields.count)\n")
    try write(fields: ["id"] + rowFields + columnIDs)
    for field in columnFields {
      precondition(field.values.count == columnCount, "\(field.values.count) values for \(columnCount) columns")
      let filler = repeatElement(GCTField.missing, count: rowFields.count)
      try write(fields: [field.name] + filler + field.values.map { $0.isEmpty ? GCTField.missing : $0 })
    }
  }

  /// Appends a row with a value for each row field and each column.
  package func write(id: String, fields: [String], values: UnsafeBufferPointer<Float>) throws {
    precondition(values.count == columnCount && fields.count == rowFields.count && written < rowCount)
    try append(id)
    for field in fields { try append(field.isEmpty ? GCTField.missing : field) }
    for value in values { line += value.isNaN ? "NaN\t" : "\(value)\t" }
    try endLine()
    written += 1
  }

  /// Finishes the sink; every row must have been written.
  package func finish() throws {
    precondition(written == rowCount, "\(written) of \(rowCount) rows were written")
    try sink.finish()
  }

  private func write(fields: [String]) throws {
    for field in fields { try append(field) }
    try endLine()
  }

  private func append(_ field: String) throws {
    guard !field.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else {
      throw FormatError(.unwritable, at: nil, "\(field.debugDescription) holds a tab or line break, which GCT cannot")
    }
    line += field
    line += "\t"
  }

  private func endLine() throws {
    line.removeLast()
    line += "\n"
    try sink.write(line)
    line.removeAll(keepingCapacity: true)
  }
}
