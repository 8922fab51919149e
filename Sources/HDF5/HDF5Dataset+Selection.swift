import CHDF5
import Problems

extension HDF5Dataset {
  /// A block of rows, and of columns where the data set has two dimensions.
  struct Selection {
    let memory: hid_t
    let file: hid_t
    /// Elements selected.
    let count: Int
  }

  /// Selects a block after checking that it lies inside, is plausible for the file, and fits in `limit` bytes.
  func select(
    rows: Range<Int>?, columns: Range<Int>? = nil, elementBytes: Int, limit: Int, in scope: Scope
  ) throws -> Selection {
    let block = try blockShape(rows: rows, columns: columns)
    let count = try Dataspace.count(block, elementBytes: elementBytes, limit: limit, at: place)
    let file = try scope.keep(.unreadable, "cannot read the shape", H5Sclose) { H5Dget_space(handle.id) }
    let memory = try Dataspace.make(block, in: scope)
    if rows != nil || columns != nil, count > 0 {
      var start = [hsize_t](repeating: 0, count: shape.count)
      if let rows { start[0] = hsize_t(rows.lowerBound) }
      if let columns { start[1] = hsize_t(columns.lowerBound) }
      try Library.call(.unreadable, at: place, "cannot select rows") {
        H5Sselect_hyperslab(file, H5S_SELECT_SET, start, nil, block.map { hsize_t($0) }, nil)
      }
    }
    return Selection(memory: memory, file: file, count: count)
  }

  private func blockShape(rows: Range<Int>?, columns: Range<Int>?) throws -> [Int] {
    var block = shape
    if let rows {
      guard let height = shape.first, rows.lowerBound >= 0, rows.upperBound <= height else {
        throw HDF5Error(.mismatch, at: place, "has \(shape.first ?? 0) rows, not \(rows)")
      }
      block[0] = rows.count
    }
    if let columns {
      guard shape.count == 2, columns.lowerBound >= 0, columns.upperBound <= shape[1] else {
        throw HDF5Error(.mismatch, at: place, "has shape \(Dataspace.describe(shape)), not columns \(columns)")
      }
      block[1] = columns.count
    }
    return block
  }
}
