import CHDF5
import Problems

/// Files that are built in memory and written by their owner: libhdf5 1.10 may crash where a disk fills up under it.
extension HDF5File {
  /// Makes an empty file in memory; `path` is what errors name.
  package static func createInMemory(_ path: String, userBlock: Int = 0) throws -> HDF5File {
    let scope = Scope(at: Place(path))
    defer { scope.close() }
    let access = try memoryAccess(in: scope, at: Place(path))
    // Under a name that no file can have: the library would first read a file of that name into memory as a whole.
    return try create(path, opening: "/dev/null/\(path)", userBlock: userBlock, access: access, in: scope)
  }

  private static func memoryAccess(in scope: Scope, at place: Place) throws -> hid_t {
    let access = try accessList(isLocking: false, in: scope, at: place)
    try Library.call(.unwritable, at: place, "cannot keep the file in memory") {
      // Whole data sets are written at once: a cache of chunks would only copy them once more.
      let status = H5Pset_cache(access, 0, 521, 0, 0.75)
      return status < 0 ? status : H5Pset_fapl_core(access, 1 << 20, false)
    }
    return access
  }

  /// The bytes of a file in memory, user block included, as they would stand on the disk.
  package func withImage<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
    let place = Place(path)
    try flush()
    let scope = Scope(at: place)
    defer { scope.close() }
    let creation = try scope.keep(.unwritable, "cannot read how the file was made", H5Pclose) {
      H5Fget_create_plist(handle.id)
    }
    var userBlock: hsize_t = 0
    try Library.call(.unwritable, at: place, "cannot read the size of the user block") {
      H5Pget_userblock(creation, &userBlock)
    }
    return try Library.locked {
      let size = try Library.call(.unwritable, at: place, "cannot size the file") {
        H5Fget_file_image(handle.id, nil, 0)
      }
      var field: UnsafeMutableRawPointer?
      try Library.call(.unwritable, at: place, "is not in memory") { H5Fget_vfd_handle(handle.id, 0, &field) }
      // The size that the library tells leaves out the user block; the driver's memory has it. The driver hands over the address of its pointer to the bytes.
      let bytes = field?.load(as: UnsafeRawPointer?.self)
      return try body(UnsafeRawBufferPointer(start: bytes, count: size + Int(userBlock)))
    }
  }
}
