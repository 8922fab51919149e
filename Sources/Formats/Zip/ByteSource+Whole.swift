import Problems

extension ByteSource {
  /// Everything up to the end of the stream, refused once it passes `limit` bytes; `size` is what to expect.
  package func readWhole(limit: Int, expecting size: Int = 0, at place: Place) throws -> [UInt8] {
    let mostInAdvance = 256 << 20
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size, limit, mostInAdvance))
    while case let count = try read(into: block), count > 0 {
      guard bytes.count + count <= limit else {
        throw FormatError(.tooLarge, at: place, "the content is larger than the limit of \(limit) bytes")
      }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
    return bytes
  }
}
