@testable import Formats

/// A source over bytes in memory that gives them in pieces of `piece` bytes, then throws `failure` if there is one.
final class MemorySource: ByteSource {
  private var rest: ArraySlice<UInt8>
  private let piece: Int
  private let failure: FormatError?

  init(_ bytes: [UInt8], piece: Int = .max, failure: FormatError? = nil) {
    rest = bytes[...]
    self.piece = piece
    self.failure = failure
  }

  convenience init(_ text: String, piece: Int = .max) { self.init(Array(text.utf8), piece: piece) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if rest.isEmpty, let failure { throw failure }
    let count = min(buffer.count, piece, rest.count)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
}

extension ByteSource {
  /// Everything up to the end, read through a buffer of `step` bytes.
  func readAll(step: Int = 1 << 16) throws -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: step)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
      if count == 0 { return all }
      all += buffer[..<count]
    }
  }
}

/// A sink that keeps what it is given.
final class MemorySink: ByteSink {
  private(set) var bytes: [UInt8] = []
  private(set) var isFinished = false

  func write(_ more: UnsafeRawBufferPointer) throws { bytes += more }
  func finish() throws { isFinished = true }
}

/// `text` as a gzip stream of one member.
func gzipped(_ text: String, level: Int32 = 6) throws -> [UInt8] { try gzipped(Array(text.utf8), level: level) }

func gzipped(_ bytes: [UInt8], level: Int32 = 6) throws -> [UInt8] {
  let memory = MemorySink()
  let sink = try GzipSink(memory, level: level)
  try bytes.withUnsafeBytes { try sink.write($0) }
  try sink.finish()
  return memory.bytes
}
