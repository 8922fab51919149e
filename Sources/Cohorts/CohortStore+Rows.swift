import HDF5
import Problems

extension CohortStore {
  /// Some rows of a block in `layers` or `obsm`, row after row; X where `path` is nil.
  package func rows(_ rows: Range<Int>, of path: BlockPath?) throws -> Matrix {
    try StoreError.reading {
      let dataset = try root.dataset(path?.description ?? Member.x)
      return Matrix(rows: rows.count, columns: dataset.rowCount, values: try dataset.read(rows, as: Float.self))
    }
  }

  /// Number of columns of a block in `layers` or `obsm`.
  package func columns(of path: BlockPath) throws -> Int {
    try StoreError.reading { try root.dataset(path.description).rowCount }
  }
}
