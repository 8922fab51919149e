import Files
import Glibc
import HDF5
import Problems

// Stores that are larger than memory: the content is written where it will be sealed.
extension PendingStore {
  /// Makes the HDF5 content on the disk, to be filled.
  func createOnDisk() throws -> HDF5File {
    try writing { try HDF5File.create(path, userBlock: StoreSeal.length, isLocking: false) }
  }

  /// Copies the sound store at the target, to be changed on the disk.
  func copyOnDisk() throws -> HDF5File {
    let source = try FileDescriptor.reading(target)
    guard let seal = try StoreSeal.read(source) else {
      throw StoreError(
        .offProfile, at: Place(target), "was not written by therapi, so it cannot be changed in place",
        remedy: "make a store of it first")
    }
    try reserve(source.size)
    try seal.check(try source.sum(from: StoreSeal.length, copyingTo: file), at: Place(target))
    try seal.block.withUnsafeBytes { try file.write($0, at: 0) }
    return try StoreError.reading { try HDF5File.open(path, .readWrite, isLocking: false) }
  }

  /// Takes room on the disk for a file of this size: libhdf5 1.10 may crash where a disk fills up under it.
  ///
  /// File systems that cannot do so are left to their luck.
  func reserve(_ bytes: Int) throws {
    guard let code = takeRoom(file.number, bytes: bytes) else { return }
    throw StoreError(
      .notCommitted, at: Place(target), "cannot take room for \(bytes) bytes: \(systemError(code))",
      remedy: "see that the disk has room; what was there before still is")
  }

  /// Seals the content that was written on the disk, reads it back, and puts it in the target's place.
  func commitFromDisk(_ content: HDF5File) throws {
    try writing { try content.close() }
    // Gives back what was reserved and not needed.
    guard ftruncate(file.number, off_t(file.size)) == 0 else {
      throw StoreError(.notCommitted, at: Place(target), "cannot cut \(path) to its length: \(lastSystemError())")
    }
    let (hex, bytes) = try FileDescriptor.reading(path).sum(from: StoreSeal.length)
    try commit(sealedWith: StoreSeal(sha256: hex, bytes: bytes))
  }
}
