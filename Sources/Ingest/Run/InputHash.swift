import Files
import Formats
import Synchronization

/// SHA-256 of an input, summed as its readers come by the bytes: most inputs are read only once for both.
final class InputHash: ByteObserver {
  private struct Progress: ~Copyable, Sendable {
    var sum = SHA256()
    /// Bytes that are summed, from the file's start.
    var bytes = 0
  }

  private let path: String
  private let progress = Mutex(Progress())

  init(_ path: String) { self.path = path }

  /// Sums what is new: readers may go over a part again, and leave out its end.
  func observe(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    progress.withLock { progress in
      let known = progress.bytes - offset
      guard bytes.indices.contains(known) else { return }
      progress.sum.update(UnsafeRawBufferPointer(rebasing: bytes[known...]))
      progress.bytes = offset + bytes.count
    }
  }

  /// The sum of the file's `size` bytes, those included that no reader came by. To be called once.
  func hex(size: Int) throws -> String {
    if progress.withLock({ $0.bytes }) < size { try readRest() }
    var whole = Progress()
    progress.withLock { swap(&whole, &$0) }
    return whole.sum.hex()
  }

  /// Reads the file to its end, for the sum alone.
  func readRest() throws {
    let source = try FileSource(path, observer: self)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 4096)
    defer { block.deallocate() }
    while try source.read(into: block) > 0 {}
  }
}
