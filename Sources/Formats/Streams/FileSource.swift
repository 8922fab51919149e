import Foundation
import Problems
import Synchronization

/// The bytes of a file as they stand on disk.
package final class FileSource: ByteSource {
  package let path: String
  /// Size of the file when it was opened, in bytes.
  package let size: Int
  private let consumed: ByteCount
  private let observer: (any ByteObserver)?
  private let descriptor: Int32
  private var offset = 0

  /// Opens `path`, counts in `consumed` what is read from it and shows it to `observer`; throws
  /// `FormatError.Kind.unreadable` where that is not a file one may read.
  package init(
    _ path: String, counting consumed: ByteCount = ByteCount(), observer: (any ByteObserver)? = nil
  ) throws {
    self.path = path
    self.consumed = consumed
    self.observer = observer
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let missing = errno == ENOENT
      throw FormatError(
        .unreadable, at: Place(path), missing ? "there is no such file" : String(cString: strerror(errno)),
        remedy: missing ? "check the name, and the folder that paths start from" : "check its permissions")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw FormatError(.unreadable, at: Place(path), "is a folder, not a file", remedy: "name the file inside it")
    }
    size = Int(status.st_size)
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  deinit { close(descriptor) }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        consumed.add(count)
        observer?.observe(UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: offset)
        offset += count
        return count
      }
      guard errno == EINTR else {
        throw FormatError(.unreadable, at: Place(path), "reading failed: \(String(cString: strerror(errno)))")
      }
    }
  }
}

/// Somebody who is shown the bytes of a file by whoever reads it.
package protocol ByteObserver: Sendable {
  /// `bytes` stand in the file from `offset` on; several threads may read the file and call.
  func observe(_ bytes: UnsafeRawBufferPointer, at offset: Int)
}

/// A count of bytes that one thread raises and others look at, for progress.
package final class ByteCount: Sendable {
  private let bytes = Atomic<Int>(0)

  package init() {}

  package var value: Int { bytes.load(ordering: .relaxed) }

  package func add(_ count: Int) { bytes.add(count, ordering: .relaxed) }
}
