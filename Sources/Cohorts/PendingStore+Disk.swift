import Glibc
import HDF5
import Problems

// Stores that are larger than memory: the content is written where it will be sealed.
extension PendingStore {
  /// Makes the HDF5 content on the disk, to be filled.
  func createOnDisk() throws -> HDF5File {
    try writing { try HDF5File.create(path, userBlock: StoreSeal.length, isLocking: false) }
  }

  /// Seals the content that was written on the disk, reads it back, and puts it in the target's place.
  func commitFromDisk(_ content: HDF5File) throws {
    try writing { try content.close() }
    let (hex, bytes) = try FileDescriptor.reading(path).sum(from: StoreSeal.length)
    try commit(sealedWith: StoreSeal(sha256: hex, bytes: bytes))
  }
}
