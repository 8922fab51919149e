import CHDF5
import Problems

/// Shapes: made, read and checked before anything is allocated.
enum Dataspace {
  /// `[]` is a single value.
  static func make(_ shape: [Int], in scope: Scope) throws -> hid_t {
    try scope.keep(.unwritable, "cannot make a shape of \(shape)", H5Sclose) {
      guard !shape.isEmpty else { return H5Screate(H5S_SCALAR) }
      return H5Screate_simple(Int32(shape.count), shape.map { hsize_t($0) }, nil)
    }
  }

  static func shape(_ space: hid_t, at place: Place) throws -> [Int] {
    let kind = Library.locked { H5Sget_simple_extent_type(space) }
    guard kind == H5S_SCALAR || kind == H5S_SIMPLE else {
      throw HDF5Error(.mismatch, at: place, "holds no value (a null data space)")
    }
    let rank = try Library.call(.unreadable, at: place, "cannot read the number of dimensions") {
      H5Sget_simple_extent_ndims(space)
    }
    var sizes = [hsize_t](repeating: 0, count: Int(rank))
    if rank > 0 {
      try Library.call(.unreadable, at: place, "cannot read the shape") {
        H5Sget_simple_extent_dims(space, &sizes, nil)
      }
    }
    return try sizes.map { size in
      guard let size = Int(exactly: size) else {
        throw HDF5Error(.tooLarge, at: place, "declares a dimension of \(size)")
      }
      return size
    }
  }

  /// The number of elements, if together they take no more than `limit` bytes.
  static func count(_ shape: [Int], elementBytes: Int, limit: Int, at place: Place) throws -> Int {
    var count = 1
    var bytes = max(1, elementBytes)
    if shape.contains(0) { return 0 }
    for size in shape {
      let (total, overflow) = bytes.multipliedReportingOverflow(by: size)
      guard !overflow, total <= limit else {
        throw HDF5Error(
          .tooLarge, at: place,
          "declares \(describe(shape)) elements of \(elementBytes) bytes, more than the limit of \(limit) bytes",
          remedy: "check that the file is whole and the right one; read it in blocks of rows if it is")
      }
      bytes = total
      count *= size
    }
    return count
  }

  static func describe(_ shape: [Int]) -> String {
    shape.isEmpty ? "1" : shape.map(String.init).joined(separator: " x ")
  }
}
