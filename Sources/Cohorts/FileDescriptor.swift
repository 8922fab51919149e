import Files
import Problems

/// An open file whose failures are a store's.
final class FileDescriptor {
  private let file: OpenFile
  /// The path that errors name.
  let path: String

  init(_ number: Int32, path: String) {
    file = OpenFile(number)
    self.path = path
  }

  private init(_ file: OpenFile, path: String) { (self.file, self.path) = (file, path) }

  static func reading(_ path: String) throws -> FileDescriptor {
    let file: OpenFile
    do { file = try OpenFile.reading(path) } catch {
      throw StoreError(.unreadable, at: Place(path), "cannot open the file: \(error.words)")
    }
    guard file.size != nil else { throw StoreError(.unreadable, at: Place(path), "is not a regular file") }
    return FileDescriptor(file, path: path)
  }

  var number: Int32 { file.number }

  var size: Int { file.size ?? 0 }

  /// Up to `count` bytes at `offset`.
  func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    do { return try file.bytes(at: offset, count: count) } catch { throw unreadable(error) }
  }

  /// SHA-256 of everything from `offset` on, and how many bytes that is; they are copied to the same place of `copy`.
  func sum(from offset: Int, copyingTo copy: FileDescriptor? = nil) throws -> (hex: String, bytes: Int) {
    // Small enough to stay in a core's cache between reading and summing.
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 4_096)
    defer { block.deallocate() }
    var sum = SHA256()
    var position = offset
    while true {
      let count: Int
      do { count = try file.read(into: block, at: position) } catch { throw unreadable(error) }
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
    do { try file.write(bytes, at: offset) } catch {
      throw StoreError(
        .notCommitted, at: Place(path), "cannot write: \(error.words)",
        remedy: "see that the disk has room; what was there before still is")
    }
  }

  private func unreadable(_ failure: SystemFailure) -> StoreError {
    StoreError(.unreadable, at: Place(path), "cannot read: \(failure.words)")
  }
}
