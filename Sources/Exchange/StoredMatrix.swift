import Cohorts
import Formats
import HDF5
import Problems

/// A matrix of a store with the names of both its sides, read in blocks whatever its size.
struct StoredMatrix {
  /// What the rows are, such as `sample`.
  let rowLabel: String
  let rowNames: [String]
  /// What the columns are, such as `symbol`.
  let columnLabel: String
  let columnNames: [String]
  /// What the store knows of each row.
  let rowFields: [GCTField]
  /// What the store knows of each column.
  let columnFields: [GCTField]
  /// Columns that were never measured.
  let unmeasured: Int

  private let dataset: HDF5Dataset

  /// Bytes of a block of rows.
  private static let rowBlock = 1 << 20

  init(_ subject: ExportSubject, in store: CohortStore) throws {
    try Self.require(subject, in: store)
    dataset = try HDF5File.open(store.path).root.dataset(subject.object)
    let obs = try store.obs()
    (rowLabel, rowNames, rowFields) = (obs.indexName, obs.index, obs.fields)
    if case .obsm(let name) = subject {
      guard dataset.shape.count == 2, dataset.shape[1] <= 1 << 20 else {
        throw ExchangeError(.unsuitable, at: dataset.place, "has the shape \(dataset.shape)")
      }
      columnLabel = name
      columnNames = (0..<dataset.shape[1]).map { "\(name)-\($0)" }
      (columnFields, unmeasured) = ([], 0)
    } else {
      let genes = try store.geneTable()
      (columnLabel, columnNames, columnFields) = (genes.indexName, genes.index, genes.fields)
      if case .booleans(let measured) = genes["measured"] {
        unmeasured = measured.count { !$0 }
      } else {
        unmeasured = 0
      }
    }
    guard dataset.shape == [rowNames.count, columnNames.count] else {
      throw ExchangeError(
        .unsuitable, at: dataset.place,
        "has the shape \(dataset.shape), for \(rowNames.count) samples and \(columnNames.count) columns",
        remedy: "`therapi verify` tells more")
    }
  }

  /// Throws if the store has no such matrix, or not a dense one.
  private static func require(_ subject: ExportSubject, in store: CohortStore) throws {
    let (kind, name, blocks) =
      switch subject {
      case .layer(let name): ("layer", name, try store.layers())
      case .obsm(let name): ("obsm", name, try store.obsm())
      case .x, .obs, .genes, .responses: ("", "", [CohortStore.Block]())
      }
    guard !kind.isEmpty, !blocks.contains(where: { $0.name == name }) else { return }
    throw ExchangeError(
      .missing, at: Place(store.path, object: "/\(subject.object)"), "there is no such \(kind)",
      remedy: blocks.isEmpty
        ? "the store has no \(kind) at all" : "there are: \(blocks.map(\.name).joined(separator: ", "))")
  }

  /// Hands over blocks of whole rows, row after row.
  func forEachBlock(_ body: (Range<Int>, UnsafeBufferPointer<Float>) throws -> Void) throws {
    let height = try blockHeight()
    for start in stride(from: 0, to: rowNames.count, by: height) {
      try Task.checkCancellation()
      let rows = start..<min(rowNames.count, start + height)
      try dataset.read(rows, as: Float.self).withUnsafeBufferPointer { try body(rows, $0) }
    }
  }

  func forEachRow(_ body: (Int, UnsafeBufferPointer<Float>) throws -> Void) throws {
    let width = columnNames.count
    try forEachBlock { rows, values in
      for row in rows {
        try Task.checkCancellation()
        let start = (row - rows.lowerBound) * width
        try body(row, UnsafeBufferPointer(rebasing: values[start..<start + width]))
      }
    }
  }

  /// Hands over column after column; as many as `blockBytes` hold are read at a time, for which all chunks are read.
  func forEachColumn(
    blockBytes: Int = 64 << 20, _ body: (Int, UnsafeBufferPointer<Float>) throws -> Void
  ) throws {
    let height = rowNames.count
    let width = max(1, min(columnNames.count, blockBytes / max(1, height * MemoryLayout<Float>.stride)))
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: max(1, height * width))
    let column = UnsafeMutableBufferPointer<Float>.allocate(capacity: max(1, height))
    defer {
      block.deallocate()
      column.deallocate()
    }
    for start in stride(from: 0, to: columnNames.count, by: width) {
      let columns = start..<min(columnNames.count, start + width)
      try read(columns, into: block)
      for position in columns {
        try Task.checkCancellation()
        for row in 0..<height { column[row] = block[row * columns.count + position - start] }
        try body(position, UnsafeBufferPointer(rebasing: column[..<height]))
      }
    }
  }

  private func read(_ columns: Range<Int>, into block: UnsafeMutableBufferPointer<Float>) throws {
    let height = try blockHeight()
    for start in stride(from: 0, to: rowNames.count, by: height) {
      try Task.checkCancellation()
      let rows = start..<min(rowNames.count, start + height)
      let part = block[rows.lowerBound * columns.count..<rows.upperBound * columns.count]
      try dataset.read(rows, columns: columns, into: UnsafeMutableBufferPointer(rebasing: part))
    }
  }

  /// Rows of a block, in whole chunks so that none is read twice.
  private func blockHeight() throws -> Int {
    let height = max(1, Self.rowBlock / max(1, columnNames.count * MemoryLayout<Float>.stride))
    let chunk = max(1, try dataset.chunks()?.first ?? 1)
    return height < chunk ? height : height / chunk * chunk
  }
}

extension Frame {
  /// The columns as GCT holds them, which knows neither tabs nor line breaks (a space stands for one), and whose
  /// `id` is the index.
  fileprivate var fields: [GCTField] {
    columns.map { named in
      let name = named.name.withoutBreaks
      return GCTField(
        name: name == "id" ? "id.1" : name, values: index.indices.map { named.column.text(at: $0).withoutBreaks })
    }
  }
}

extension String {
  fileprivate var withoutBreaks: String {
    guard utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return self }
    return String(decoding: utf8.map { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
  }
}
