import Formats

/// Writes rows of delimited text: quoted where a field needs it (RFC 4180), rows ended with a line feed, gaps empty.
final class DelimitedWriter {
  private let sink: any ByteSink
  private let delimiter: UInt8
  private var buffer: [UInt8] = []
  private var isAtStart = true

  private static let capacity = 1 << 16

  init(_ sink: any ByteSink, delimiter: UInt8) {
    self.sink = sink
    self.delimiter = delimiter
    buffer.reserveCapacity(2 * Self.capacity)
  }

  func append(_ text: String) {
    separate()
    guard text.utf8.contains(where: needsQuotes) || text.utf8.first == 0x20 || text.utf8.last == 0x20 else {
      buffer.append(contentsOf: text.utf8)
      return
    }
    buffer.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { buffer.append(byte) }
      buffer.append(byte)
    }
    buffer.append(UInt8(ascii: "\""))
  }

  /// Appends the shortest digits that read back to the same number.
  func append(_ value: Float) {
    separate()
    if !value.isNaN { buffer.append(contentsOf: value.description.utf8) }
  }

  func endRow() throws {
    buffer.append(0x0A)
    isAtStart = true
    if buffer.count >= Self.capacity { try flush() }
  }

  func finish() throws {
    try flush()
    try sink.finish()
  }

  private func needsQuotes(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
  }

  private func separate() {
    if !isAtStart { buffer.append(delimiter) }
    isAtStart = false
  }

  private func flush() throws {
    try buffer.withUnsafeBytes { try sink.write($0) }
    buffer.removeAll(keepingCapacity: true)
  }
}
