import Problems

extension ByteSource {
  /// Everything up to the end of the stream, refused once it passes `limit` bytes.
  func readWhole(limit: Int, expecting size: Int = 0, at place: Place) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var filled = 0
    while true {
      if bytes.count - filled < 1 << 15 {
        bytes.append(
          contentsOf: repeatElement(0, count: max(1 << 16, min(filled, 1 << 26), min(size - filled + 1, 1 << 28))))
      }
      let count = try bytes.withUnsafeMutableBytes { try read(into: .init(rebasing: $0[filled...])) }
      if count == 0 { break }
      filled += count
      if filled > limit {
        throw FormatError(.tooLarge, at: place, "the content is larger than the limit of \(limit) bytes")
      }
    }
    bytes.removeSubrange(filled...)
    return bytes
  }
}
