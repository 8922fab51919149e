import Foundation
import Problems

/// Cuts a stream of bytes into lines that end in LF, CR LF or CR, of any length up to a limit.
///
/// The first line break decides: a CR that no LF follows, in a first block without any LF, makes CR the line end.
package final class LineReader {
  package let path: String
  /// Number of the line that `next()` gave last, counted from 1.
  package private(set) var line = 0
  private let blocks: Readahead
  /// The longest line, in bytes.
  let limit: Int
  private var block = UnsafeRawBufferPointer(start: nil, count: 0)
  private var position = 0
  private let carry = GrowingBytes()
  private var terminator: UInt8?
  private var ended = false

  /// Reads `source` ahead on its own thread; `path` names it in errors, `limit` is the longest line in bytes and
  /// `blockSize`, 4 or more, the bytes of one step.
  package init(_ source: sending any ByteSource, path: String, limit: Int = 1 << 28, blockSize: Int = 1 << 20) {
    precondition(blockSize >= 4, "a byte order mark may not fit in a block of \(blockSize) bytes")
    self.path = path
    self.limit = limit
    blocks = Readahead(source, blockSize: blockSize)
  }

  /// The next line without its line end, or nil at the end of the stream; valid until the next call.
  ///
  /// A UTF-8 byte order mark is left out. Throws `FormatError` for UTF-16, for lines over the limit and what the
  /// source throws.
  package func next() throws -> UnsafeRawBufferPointer? {
    carry.removeAll()
    while true {
      if position == block.count {
        guard try advance() else { return endOfStream() }
      }
      let rest = UnsafeRawBufferPointer(rebasing: block[position...])
      if terminator == nil, carry.bytes.last == UInt8(ascii: "\r"), rest.first != UInt8(ascii: "\n") {
        terminator = UInt8(ascii: "\r")
        line += 1
        return trimmed(carry.bytes)
      }
      guard let end = try indexOfLineEnd(in: rest) else {
        try keep(rest)
        position = block.count
        continue
      }
      position += end + 1
      let found = UnsafeRawBufferPointer(rebasing: rest[..<end])
      if carry.count == 0, end <= limit {
        line += 1
        return trimmed(found)
      }
      try keep(found)
      line += 1
      return trimmed(carry.bytes)
    }
  }

  /// Reads to the end of the stream without looking for lines, so that a source that checks its content does so.
  func drain() throws {
    position = block.count
    carry.removeAll()
    while try advance() { position = block.count }
  }

  /// Moves to the next block; false at the end.
  private func advance() throws -> Bool {
    guard !ended, let next = try blocks.next() else {
      ended = true
      block = UnsafeRawBufferPointer(start: nil, count: 0)
      position = 0
      return false
    }
    let first = block.baseAddress == nil && line == 0 && carry.count == 0
    block = next
    position = 0
    if first { try skipByteOrderMark() }
    return true
  }

  private func skipByteOrderMark() throws {
    if block.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    if block.starts(with: [0xFF, 0xFE]) || block.starts(with: [0xFE, 0xFF]) {
      throw FormatError(
        .wrongFormat, at: Place(path, line: 1), "the text is UTF-16",
        remedy: "save it as UTF-8 (iconv -f UTF-16 -t UTF-8)")
    }
  }

  private func indexOfLineEnd(in bytes: UnsafeRawBufferPointer) throws -> Int? {
    if let terminator { return bytes.firstIndex(ofByte: terminator) }
    if let feed = bytes.firstIndex(ofByte: UInt8(ascii: "\n")) {
      terminator = UInt8(ascii: "\n")
      return feed
    }
    guard let carriage = bytes.firstIndex(ofByte: UInt8(ascii: "\r")), carriage + 1 < bytes.count else { return nil }
    terminator = UInt8(ascii: "\r")
    return carriage
  }

  private func keep(_ bytes: UnsafeRawBufferPointer) throws {
    guard carry.count + bytes.count <= limit else {
      throw FormatError(
        .tooLarge, at: Place(path, line: line + 1), "the line is longer than \(limit) bytes",
        remedy: "check that the file is the text table it is said to be")
    }
    carry.append(bytes)
  }

  private func endOfStream() -> UnsafeRawBufferPointer? {
    guard carry.count > 0 else { return nil }
    line += 1
    return trimmed(carry.bytes)
  }

  private func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    bytes.last == UInt8(ascii: "\r") ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes
  }
}

extension UnsafeRawBufferPointer {
  /// Index of the first byte equal to `byte`, through the C library's vectorised search.
  func firstIndex(ofByte byte: UInt8) -> Int? {
    guard let baseAddress, let found = memchr(baseAddress, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - baseAddress
  }
}
