import Glibc

/// An open file of the system, closed with the last who uses it; read and written at places, or from its own on.
package final class OpenFile: Sendable {
  package let number: Int32

  /// Takes a descriptor over.
  package init(_ number: Int32) { self.number = number }

  deinit { Glibc.close(number) }

  /// Opens a file to be read.
  package static func reading(_ path: String) throws(SystemFailure) -> OpenFile {
    // A pipe without a writer would be waited for.
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else { throw .last }
    return OpenFile(number)
  }

  /// Bytes of the file; nil where it is no regular one.
  package var size: Int? {
    var status = stat()
    return fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  // MARK: Reading

  /// Fills `buffer` from `offset` on as far as the file goes; the number of bytes read.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemFailure) -> Int {
    var count = 0
    while count < buffer.count {
      let got = pread(number, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(offset + count))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .last }
      if got == 0 { break }
      count += got
    }
    return count
  }

  /// Up to `count` bytes at `offset`.
  package func bytes(at offset: Int, count: Int) throws(SystemFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var result = Result<Int, SystemFailure>.success(0)
    bytes.withUnsafeMutableBytes { buffer in
      result = Result { () throws(SystemFailure) in try read(into: buffer, at: offset) }
    }
    bytes.removeLast(count - (try result.get()))
    return bytes
  }

  // MARK: Writing

  /// Writes all of the bytes at `offset`.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SystemFailure) {
    var written = 0
    while written < bytes.count {
      let count = pwrite(number, bytes.baseAddress.map { $0 + written }, bytes.count - written, off_t(offset + written))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .last }
      written += count
    }
  }

  package func write(_ bytes: [UInt8], at offset: Int) throws(SystemFailure) {
    var result = Result<Void, SystemFailure>.success(())
    bytes.withUnsafeBytes { buffer in result = Result { () throws(SystemFailure) in try write(buffer, at: offset) } }
    try result.get()
  }

  /// Sets the file's length.
  package func cut(to length: Int) throws(SystemFailure) {
    guard ftruncate(number, off_t(length)) == 0 else { throw .last }
  }

  /// Brings the content to the disk.
  package func sync() throws(SystemFailure) {
    guard fsync(number) == 0 else { throw .last }
  }
}

/// Writes all of the bytes where a descriptor stands: a file, a pipe or a terminal.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(SystemFailure) {
  var written = 0
  while written < bytes.count {
    let count = write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw .last }
    written += count
  }
}
