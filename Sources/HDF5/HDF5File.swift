import CHDF5
import Glibc
import Problems

/// An open HDF5 file. It closes with its last user, or at once, with all its objects, through `close()`.
package final class HDF5File: Sendable {
  package enum Mode: Sendable { case readOnly, readWrite }

  package let path: String
  let handle: Handle

  private init(path: String, handle: Handle) {
    self.path = path
    self.handle = handle
  }

  /// Readies the library, which takes some milliseconds, so that the first file need not wait for it.
  package static func prepareLibrary() { Library.prepare() }

  /// The group that everything else is in.
  package var root: HDF5Group {
    get throws {
      let id = try Library.call(.unreadable, at: Place(path, object: "/"), "cannot open the root group") {
        H5Gopen2(handle.id, "/", 0)
      }
      return HDF5Group(handle: Handle(id, H5Gclose, owner: handle), path: "", file: path)
    }
  }

  /// Makes an empty file, replacing one that is there. To be closed by `close()`: what is not is not kept.
  ///
  /// Equal calls give equal bytes: no times are kept. `userBlock` bytes at the front (0, or a power of two from
  /// 512) are left to the caller. `isLocking` is false where the caller holds a lock of its own on the file.
  package static func create(_ path: String, userBlock: Int = 0, isLocking: Bool = true) throws -> HDF5File {
    let place = Place(path)
    let scope = Scope(at: place)
    defer { scope.close() }
    let access = try accessList(isLocking: isLocking, in: scope, at: place)
    return try create(path, opening: path, userBlock: userBlock, access: access, in: scope)
  }

  /// `path` is what errors name, `name` what the library is given.
  static func create(
    _ path: String, opening name: String, userBlock: Int, access: hid_t, in scope: Scope
  ) throws -> HDF5File {
    let place = Place(path)
    let creation = try scope.keep(.unwritable, "cannot set how the file is made", H5Pclose) {
      H5Pcreate(CHDF5_file_create())
    }
    try Library.call(.unwritable, at: place, "cannot set a user block of \(userBlock) bytes") {
      H5Pset_userblock(creation, hsize_t(userBlock))
    }
    try Library.call(.unwritable, at: place, "cannot switch times off") { H5Pset_obj_track_times(creation, false) }
    let id = try Library.call(.unwritable, at: place, "cannot create the file") {
      H5Fcreate(name, CHDF5_truncate(), creation, access)
    }
    return HDF5File(path: path, handle: Handle(id, H5Fclose))
  }

  /// Opens a file that is there.
  package static func open(_ path: String, _ mode: Mode = .readOnly, isLocking: Bool = true) throws -> HDF5File {
    let place = Place(path)
    _ = try signatureOffset(of: path)
    let scope = Scope(at: place)
    defer { scope.close() }
    let access = try accessList(isLocking: isLocking, in: scope, at: place)
    return try open(path, mode, access: access)
  }

  static func open(_ path: String, _ mode: Mode, access: hid_t) throws -> HDF5File {
    let id = try Library.call(.unreadable, at: Place(path), "cannot open the file") {
      H5Fopen(path, mode == .readOnly ? CHDF5_read_only() : CHDF5_read_write(), access)
    }
    return HDF5File(path: path, handle: Handle(id, H5Fclose))
  }

  static func accessList(isLocking: Bool, in scope: Scope, at place: Place) throws -> hid_t {
    let access = try scope.keep(.unwritable, "cannot set how the file is opened", H5Pclose) {
      H5Pcreate(CHDF5_file_access())
    }
    try Library.call(.unwritable, at: place, "cannot set how the file is opened") {
      var status = H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18)
      // A forgotten object must not keep the file open: the next create of it would fail.
      if status >= 0 { status = H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) }
      // Room for one chunk of about a megabyte and its neighbours, so that reading rows does not read a chunk twice.
      if status >= 0 { status = H5Pset_cache(access, 0, 521, 4 << 20, 0.75) }
      // The user's HDF5_USE_FILE_LOCKING has the last word.
      if status >= 0, getenv("HDF5_USE_FILE_LOCKING") == nil {
        status = H5Pset_file_locking(access, isLocking, true)
      }
      return status
    }
    return access
  }

  /// Hands everything written so far to the system.
  package func flush() throws {
    try Library.call(.unwritable, at: Place(path), "cannot write the file out") {
      H5Fflush(handle.id, H5F_SCOPE_LOCAL)
    }
  }

  /// Closes the file and all objects in it, and reports what could not be written. Closing twice is harmless.
  package func close() throws {
    try handle.close(at: Place(path), "cannot write the file out")
  }
}
