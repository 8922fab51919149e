import HDF5

extension CohortStore {
  /// Some rows of a matrix in `obsm` or `layers`, row after row.
  package func rows(_ rows: Range<Int>, of path: BlockPath) throws -> [Float] {
    precondition(path.group != .obs, "rows of \(path)")
    return try StoreError.reading {
      try Matrix.dataset(path.name, in: root.group(path.group.rawValue)).read(rows, as: Float.self)
    }
  }
}
