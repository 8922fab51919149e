import CHDF5

/// What is done to each chunk of a data set on its way to the disk.
package enum HDF5Filter: Sendable, Equatable {
  case none
  /// A checksum: a flipped bit becomes an error instead of another number.
  case fletcher32
  /// Bytes regrouped, then deflate, whose own checksum also finds flipped bits. Level 1 to 9.
  case gzip(level: Int)

  func add(to creation: hid_t) -> herr_t {
    switch self {
    case .none: return 0
    case .fletcher32: return H5Pset_fletcher32(creation)
    case .gzip(let level):
      let status = H5Pset_shuffle(creation)
      return status < 0 ? status : H5Pset_deflate(creation, UInt32(level))
    }
  }
}
