import HDF5
import Problems

extension Matrix {
  /// About the size of a chunk: one read of the disk, and a small part of memory.
  static let chunkBytes = 1 << 20

  /// Writes the matrix in chunks of whole rows with checksums, not compressed.
  func write(_ name: String, to group: HDF5Group) throws {
    let dataset = try Matrix.create(name, rows: rows, columns: columns, in: group)
    try dataset.write(values)
    try Encoding.array.mark(dataset.attributes)
  }

  /// The data set of a matrix, still to be written and marked.
  static func create(_ name: String, rows: Int, columns: Int, in group: HDF5Group) throws -> HDF5Dataset {
    let isEmpty = rows == 0 || columns == 0
    let height = max(1, min(rows, Matrix.chunkBytes / max(1, columns * MemoryLayout<Float>.stride)))
    return try group.createDataset(
      name, .float32, shape: [rows, columns], chunks: isEmpty ? nil : [height, columns],
      filter: isEmpty ? .none : .fletcher32)
  }

  /// Reads a data set of two dimensions whose numbers fit single precision.
  static func read(_ name: String, from group: HDF5Group, limit: Int = HDF5Dataset.memoryLimit) throws -> Matrix {
    let dataset = try dataset(name, in: group)
    let values = try dataset.read(as: Float.self, limit: limit)
    return Matrix(rows: dataset.shape[0], columns: dataset.shape[1], values: values)
  }

  /// The data set behind a dense matrix.
  static func dataset(_ name: String, in group: HDF5Group) throws -> HDF5Dataset {
    if try group.kind(of: name) == .group {
      throw StoreError(
        .offProfile, at: try group.group(name).place, "is a sparse matrix; a store holds a dense one",
        remedy: "in Python: adata.X = adata.X.toarray(), then write it again")
    }
    let dataset = try group.dataset(name)
    guard dataset.shape.count == 2 else {
      throw StoreError.offProfile(dataset.place, "has \(dataset.shape.count) dimensions, not 2")
    }
    return dataset
  }
}
