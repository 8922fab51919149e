import Files
import Glibc
import Problems

/// An open file of the system, closed with its owner.
final class FileDescriptor {
  let number: Int32
  /// The path that errors name.
  let path: String

  init(_ number: Int32, path: String) {
    self.number = number
    self.path = path
  }

  deinit { Glibc.close(number) }

  static func reading(_ path: String) throws -> FileDescriptor {
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else {
      throw StoreError(.unreadable, at: Place(path), "cannot open the file: \(lastSystemError())")
    }
    let file = FileDescriptor(number, path: path)
    var status = stat()
    guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw StoreError(.unreadable, at: Place(path), "is not a regular file")
    }
    return file
  }

  var size: Int {
    var status = stat()
    return fstat(number, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Up to `count` bytes at `offset`.
  func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
    }
  }

  /// SHA-256 of everything from `offset` on, and how many bytes that is; they are copied to the same place of `copy`.
  func sum(from offset: Int, copyingTo copy: FileDescriptor? = nil) throws -> (hex: String, bytes: Int) {
    // Small enough to stay in a core's cache between reading and summing.
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 4_096)
    defer { block.deallocate() }
    var sum = SHA256()
    var position = offset
    while true {
      let count = try read(into: block, at: position)
      guard count > 0 else { break }
      let bytes = UnsafeRawBufferPointer(rebasing: block[..<count])
      sum.update(bytes)
      try copy?.write(bytes, at: position)
      position += count
    }
    return (sum.hex(), position - offset)
  }

  /// Writes all of `bytes` at `offset`.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      let count = pwrite(number, rest.baseAddress, rest.count, off_t(offset + written))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw StoreError(
          .notCommitted, at: Place(path), "cannot write: \(lastSystemError())",
          remedy: "see that the disk has room; what was there before still is")
      }
      written += count
    }
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    var count = 0
    while count < buffer.count {
      let got = pread(number, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(offset + count))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw StoreError(.unreadable, at: Place(path), "cannot read: \(lastSystemError())") }
      if got == 0 { break }
      count += got
    }
    return count
  }
}
