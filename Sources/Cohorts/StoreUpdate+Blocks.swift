import HDF5
import Problems

/// A matrix of a store that comes in blocks of rows.
package struct BlockRows {
  fileprivate let dataset: HDF5Dataset
  fileprivate let place: Place

  /// Writes some rows, row after row; `.offProfile` at NaN and infinity.
  package func write(_ rows: Range<Int>, _ values: [Float]) throws {
    let columns = dataset.shape[1]
    precondition(values.count == rows.count * columns, "\(values.count) values for rows \(rows) of \(columns)")
    try Matrix(rows: rows.count, columns: columns, values: values).checkFinite(at: place)
    try values.withUnsafeBufferPointer { try dataset.write(rows, $0) }
  }
}

extension StoreUpdate {
  /// Adds a matrix in `obsm` or `layers` with the record of how it was made, or replaces both.
  ///
  /// `.stale` if the record is not of this store as it is now; `.offProfile` if the shape is not that of the store, a
  /// number is not finite, or a block in another place has this name and a record.
  package func set(_ path: BlockPath, _ matrix: Matrix, _ record: BlockRecord) throws {
    precondition(path.group != .obs, "a matrix for \(path)")
    try check(record, of: path)
    try put(matrix, at: path)
    try put(record, at: path)
  }

  /// Begins a matrix in `obsm` or `layers` that comes in blocks of rows, with the record of how it was made, or replaces
  /// both; throws as for whole matrices.
  ///
  /// Every row must be written before the update ends: a store with gaps does not read back, and is not committed.
  package func rows(of path: BlockPath, columns: Int, _ record: BlockRecord) throws -> BlockRows {
    precondition(path.group != .obs, "a matrix for \(path)")
    try check(record, of: path)
    let dataset = try makeRows(at: path, columns: columns)
    try put(record, at: path)
    return BlockRows(dataset: dataset, place: place(of: path))
  }

  /// Adds a column of `obs`, NaN for gaps, with the record of how it was made, or replaces both; throws as for matrices.
  package func set(_ path: BlockPath, _ column: [Double], _ record: BlockRecord) throws {
    precondition(path.group == .obs, "a column for \(path)")
    try check(record, of: path)
    try put(.doubles(column), at: path)
    try put(record, at: path)
  }

  private func put(_ record: BlockRecord, at path: BlockPath) throws {
    let value = record.value(for: path)
    try value.check(at: recordPlace(of: path))
    let records = try member(Member.embeddings, in: member(Member.uns, in: root))
    if try records.exists(path.name) { try records.remove(path.name) }
    try makeRoom(value.bytes)
    try value.write(path.name, to: records)
  }

  /// Throws unless the record is of this store as it is now, and its name is free.
  private func check(_ record: BlockRecord, of path: BlockPath) throws {
    let input = try self.input ?? InputFingerprint(of: root)
    self.input = input
    let order = try root.text(uns: Member.panelOrder) ?? ""
    guard record.input == input, record.panelOrder == order else {
      let what = record.input == input ? "genes in another order than the store's" : "other data than the store holds"
      throw StoreError(
        .stale, at: place(of: path), "was made of \(what): the store changed while the model ran",
        remedy: path.remedy)
    }
    guard let owner = try self.record(named: path.name), owner != path else { return }
    throw StoreError(
      .offProfile, at: recordPlace(of: path), "is the record of \(owner)",
      remedy: "give the block a name of its own, or remove \(owner) first")
  }

  /// The block whose record has this name; nil if there is none.
  private func record(named name: String) throws -> BlockPath? {
    let embeddings = "\(Member.uns)/\(Member.embeddings)"
    guard try root.exists("\(embeddings)/\(name)") else { return nil }
    return BlockRecord.path(in: try StoreValue.read(name, from: root.group(embeddings)), named: name)
  }

  /// Takes a block's record away, if there is one.
  func forget(_ path: BlockPath) throws {
    guard try record(named: path.name) == path else { return }
    try root.group("\(Member.uns)/\(Member.embeddings)").remove(path.name)
  }

  private func recordPlace(of path: BlockPath) -> Place {
    root.place.appending(Member.uns).appending(Member.embeddings).appending(path.name)
  }
}
