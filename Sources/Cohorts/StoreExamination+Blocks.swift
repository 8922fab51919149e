import HDF5
import Problems

extension StoreExamination {
  /// Whether the data set is a dense matrix that a model wrote.
  func isBlock(_ dataset: HDF5Dataset) -> Bool {
    let parts = (dataset.place.object ?? "").split(separator: "/")
    guard parts.count == 2, [Member.obsm, Member.layers].contains(String(parts[0])) else { return false }
    if case .float = dataset.element { return dataset.shape.count == 2 }
    return false
  }

  /// Reads a block for its checksums' sake; its numbers are finite.
  mutating func examineBlock(_ dataset: HDF5Dataset) throws {
    try requireWhole(dataset)
    // Numbers are not converted where that can be helped: the library does it slowly.
    let isSingle = dataset.element == .float32
    let fault = isSingle ? try notFinite(dataset, Float.self) : try notFinite(dataset, Double.self)
    if let fault { report(.error, dataset.place, fault, remedy: Matrix.notFiniteRemedy) }
  }

  /// What is said of the first number that is not finite; nil if all are.
  private func notFinite<Number: HDF5Number & BinaryFloatingPoint>(
    _ dataset: HDF5Dataset, _ type: Number.Type
  ) throws -> String? {
    let columns = dataset.rowCount
    for rows in try dataset.rowBlocks() {
      let values = try dataset.read(rows, as: type)
      if let position = values.firstIndex(where: { !$0.isFinite }) {
        return Matrix.cause(values[position], at: rows.lowerBound * columns + position, columns: columns)
      }
    }
    return nil
  }

  /// Each record is that of a block.
  mutating func examineRecords(_ root: HDF5Group) throws {
    for orphan in try BlockCatalog(root).orphans(in: path) {
      report(.error, orphan.place, orphan.cause, remedy: BlockCatalog.orphanRemedy)
    }
  }

  /// Warns of drugs' embeddings that may not be used.
  mutating func examineDrugEmbeddings(_ root: HDF5Group) throws {
    guard case .stale(let reason) = try DrugEmbeddings.state(in: root, model: nil) else { return }
    report(
      .warning, Place(path, object: "/\(Member.uns)/\(DrugEmbeddings.path)"), "is stale: \(reason)",
      remedy: DrugEmbeddings.remedy)
  }

  /// Warns of blocks that may not be used.
  mutating func report(_ blocks: [CachedBlock]) {
    for block in blocks {
      let place = Place(path, object: "/\(block.path)")
      switch block.state {
      case .stale(let reason): report(.warning, place, "is stale: \(reason)", remedy: block.path.remedy)
      case .unrecorded:
        report(.warning, place, "has no record of what made it, so it is never used", remedy: block.path.remedy)
      // A record without a block is an error of the structure.
      case .current, .missing, .unchecked: break
      }
    }
  }
}
