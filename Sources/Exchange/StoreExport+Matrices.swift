import Cohorts
import Formats

extension StoreExport {
  func writeNPY(_ matrix: StoredMatrix, to sink: any ByteSink) throws -> Summary {
    let (rows, columns) =
      genesAsRows
      ? (matrix.columnNames.count, matrix.rowNames.count) : (matrix.rowNames.count, matrix.columnNames.count)
    let writer = try NPYWriter(sink, rows: rows, columns: columns)
    let line = { (_: Int, values: UnsafeBufferPointer<Float>) throws in try writer.write(row: values) }
    try genesAsRows ? matrix.forEachColumn(line) : matrix.forEachRow(line)
    try writer.finish()
    return Summary(rows: rows, columns: columns, unmeasured: matrix.unmeasured)
  }

  func writeGCT(_ matrix: StoredMatrix, to sink: any ByteSink) throws -> Summary {
    let rowFields = matrix.columnFields
    let writer = try GCTWriter(
      sink, rowCount: matrix.columnNames.count, columnIDs: matrix.rowNames, rowFields: rowFields.map(\.name),
      columnFields: matrix.rowFields)
    try matrix.forEachColumn { position, values in
      try writer.write(
        id: matrix.columnNames[position], fields: rowFields.map { $0.values[position] }, values: values)
    }
    try writer.finish()
    return Summary(
      rows: matrix.columnNames.count, columns: matrix.rowNames.count, unmeasured: matrix.unmeasured)
  }

  /// Writes to `path` a file that will be called `name`.
  func writeGCTX(_ store: CohortStore, path: String, name: String) throws -> Summary {
    let matrix = try StoredMatrix(subject, in: store)
    let writer = try GCTXWriter(
      path: path, rowIDs: matrix.columnNames, columnIDs: matrix.rowNames, rowFields: matrix.columnFields,
      columnFields: matrix.rowFields, source: name.split(separator: "/").last.map(String.init))
    try matrix.forEachBlock { _, values in try writer.write(columns: values) }
    try writer.finish()
    return Summary(
      rows: matrix.columnNames.count, columns: matrix.rowNames.count, unmeasured: matrix.unmeasured)
  }
}
