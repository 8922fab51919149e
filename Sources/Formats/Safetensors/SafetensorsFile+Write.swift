import Glibc
import Problems

extension SafetensorsFile {
  /// Writes the file in place of one that may be there, floats as F32, doubles as F64, integers as I64.
  ///
  /// The file appears whole or not at all: `.locked` if another process is writing it, `.notCommitted` leaves what was
  /// there, and after `.durabilityUncertain` the new file is in place, but may not outlive a power failure.
  package func write(to path: String) throws {
    let pending = try PendingCheckpoint(target: path)
    try encode { try pending.append($0) }
    try pending.commit { try verify($0) }
  }

  /// The file's bytes, piece by piece.
  func encode(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    let header = SafetensorsHeader(of: self)
    try header.encoded.withUnsafeBytes(body)
    for entry in header.entries { try tensors[entry.name]?.values.withBytes(body) }
  }

  /// Throws unless the reader takes the file's header for ours, and the file holds our bytes to the last.
  private func verify(_ path: String) throws {
    guard try SafetensorsHeader(from: FileSource(path)) == SafetensorsHeader(of: self) else {
      throw FormatError(.malformed, at: Place(path), "the header reads otherwise than it was written")
    }
    let file = try FileSource(path)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    try encode { expected in
      for start in stride(from: 0, to: expected.count, by: block.count) {
        let part = UnsafeRawBufferPointer(rebasing: expected[start..<min(expected.count, start + block.count)])
        let read = UnsafeMutableRawBufferPointer(rebasing: block[..<part.count])
        try file.fill(read, at: Place(path))
        guard let a = part.baseAddress, let b = read.baseAddress, memcmp(a, b, part.count) == 0 else {
          throw FormatError(.malformed, at: Place(path), "its bytes are not those that were written")
        }
      }
    }
  }
}
