/// Bytes that grow at the end and keep their room when emptied; what points into them lives until the next change.
final class GrowingBytes {
  private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
  private(set) var count = 0

  deinit { storage.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }

  func removeAll() { count = 0 }

  func append(_ more: UnsafeRawBufferPointer) {
    if count + more.count > storage.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(storage.count * 2, count + more.count), alignment: 16)
      larger.copyMemory(from: bytes)
      storage.deallocate()
      storage = larger
    }
    UnsafeMutableRawBufferPointer(rebasing: storage[count...]).copyMemory(from: more)
    count += more.count
  }

  func append(_ byte: UInt8) {
    withUnsafeBytes(of: byte) { append($0) }
  }
}
