import Cohorts
import Formats
import Problems

extension StoreExport {
  private var delimiter: UInt8 { format == .tsv ? UInt8(ascii: "\t") : UInt8(ascii: ",") }

  func writeText(_ matrix: StoredMatrix, to sink: any ByteSink) throws -> Summary {
    let writer = DelimitedWriter(sink, delimiter: delimiter)
    let (names, header) =
      genesAsRows
      ? (matrix.columnNames, [matrix.columnLabel] + matrix.rowNames)
      : (matrix.rowNames, [matrix.rowLabel] + matrix.columnNames)
    for name in header { writer.append(name) }
    try writer.endRow()
    let line = { (position: Int, values: UnsafeBufferPointer<Float>) throws in
      writer.append(names[position])
      for value in values { writer.append(value) }
      try writer.endRow()
    }
    try genesAsRows ? matrix.forEachColumn(line) : matrix.forEachRow(line)
    try writer.finish()
    return Summary(rows: names.count, columns: header.count - 1, unmeasured: matrix.unmeasured)
  }

  func writeTable(_ store: CohortStore, to sink: any ByteSink) throws -> Summary {
    let frame = try table(of: store)
    let writer = DelimitedWriter(sink, delimiter: delimiter)
    for name in [frame.indexName] + frame.columns.map(\.name) { writer.append(name) }
    try writer.endRow()
    let columns = frame.columns.map(\.column)
    for (row, name) in frame.index.enumerated() {
      try Task.checkCancellation()
      writer.append(name)
      for column in columns { writer.append(column.text(at: row)) }
      try writer.endRow()
    }
    try writer.finish()
    return Summary(rows: frame.index.count, columns: columns.count, unmeasured: 0)
  }

  private func table(of store: CohortStore) throws -> Frame {
    switch subject {
    case .obs: return try store.obs()
    case .genes: return try store.geneTable()
    case .responses, .x, .layer, .obsm:
      guard case .frame(let frame) = try store.value(at: "responses") else {
        throw ExchangeError(
          .missing, at: Place(store.path, object: "/uns/responses"), "the store holds no table of responses",
          remedy: "`therapi inspect` tells what it holds")
      }
      return frame
    }
  }
}
