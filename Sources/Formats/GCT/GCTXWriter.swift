import HDF5
import Problems

/// Writes a float32 GCTX file in the layout of version 1.0, column by column (a cohort's samples are its columns).
package final class GCTXWriter {
  private let file: HDF5File
  private let matrix: HDF5Dataset
  private let rowCount: Int
  private let columnCount: Int
  private var written = 0

  /// Starts the file with its ids and metadata; each field has one value a row or a column.
  package init(
    path: String, rowIDs: [String], columnIDs: [String], rowFields: [GCTField], columnFields: [GCTField],
    source: String? = nil
  ) throws {
    rowCount = rowIDs.count
    columnCount = columnIDs.count
    file = try HDF5File.create(path)
    let root = try file.root
    try root.attributes.set("version", "GCTX1.0")
    try root.attributes.set("src", source ?? path)
    let top = try root.createGroup("0")
    matrix = try top.createGroup("DATA").createGroup("0").createDataset(
      "matrix", .float32, shape: [columnCount, rowCount])
    let meta = try top.createGroup("META")
    try Self.write([GCTField(name: "id", values: rowIDs)] + rowFields, to: meta.createGroup("ROW"), count: rowCount)
    try Self.write(
      [GCTField(name: "id", values: columnIDs)] + columnFields, to: meta.createGroup("COL"), count: columnCount)
  }

  /// Appends whole columns, one after the other, each with a value for every row.
  package func write(columns values: UnsafeBufferPointer<Float>) throws {
    let count = values.count / max(1, rowCount)
    precondition(count * rowCount == values.count && written + count <= columnCount, "\(values.count) values")
    try matrix.write(written..<(written + count), values)
    written += count
  }

  /// Closes the file; every column must have been written.
  package func finish() throws {
    precondition(written == columnCount, "\(written) of \(columnCount) columns were written")
    try file.close()
  }

  /// Strings of the longest value's length: cmapPy reads no others.
  private static func write(_ fields: [GCTField], to group: HDF5Group, count: Int) throws {
    for field in fields {
      precondition(field.values.count == count, "\(field.values.count) values of \(field.name) for \(count)")
      let values = field.values.map { $0.isEmpty && field.name != "id" ? GCTField.missing : $0 }
      let length = values.map(\.utf8.count).max() ?? 1
      let isASCII = values.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
      let element = HDF5Element.fixedString(bytes: max(1, length), isUTF8: !isASCII)
      try group.createDataset(field.name, element, shape: [count]).write(values)
    }
  }
}
