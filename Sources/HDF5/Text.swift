import CHDF5
import Problems

/// Strings as the library hands them over.
enum Text {
  /// A C string; nothing stands for the empty one, as in files where it was never written.
  static func decode(_ pointer: UnsafePointer<CChar>?, isUTF8: Bool, at place: Place) throws -> String {
    guard let pointer else { return "" }
    return try pointer.withMemoryRebound(to: UInt8.self, capacity: 1) { bytes in
      var count = 0
      while bytes[count] != 0 { count += 1 }
      return try decode(UnsafeBufferPointer(start: bytes, count: count), isUTF8: isUTF8, at: place)
    }
  }

  static func decode(_ pointer: UnsafeMutablePointer<CChar>?, isUTF8: Bool, at place: Place) throws -> String {
    try decode(UnsafePointer(pointer), isUTF8: isUTF8, at: place)
  }

  /// Declared ASCII that is not is taken for Latin-1; declared UTF-8 that is not is an error.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, isUTF8: Bool, at place: Place) throws -> String {
    // Of ASCII, which most strings are, decoding is faster than validating.
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    guard !isUTF8 else {
      throw HDF5Error(
        .unreadable, at: place, "holds a string that is not valid UTF-8",
        remedy: "the file was damaged or written by a faulty program: make it again")
    }
    var text = ""
    for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    return text
  }

  /// Cuts strings of a fixed length out of `buffer` and takes the padding off.
  static func decode(
    fixed buffer: [UInt8], bytes: Int, padding: H5T_str_t, isUTF8: Bool, at place: Place
  ) throws -> [String] {
    try buffer.withUnsafeBufferPointer { all in
      try stride(from: 0, to: all.count, by: bytes).map { start in
        var end = start
        if padding == H5T_STR_SPACEPAD {
          end = start + bytes
          while end > start, all[end - 1] == 0x20 || all[end - 1] == 0 { end -= 1 }
        } else {
          while end < start + bytes, all[end] != 0 { end += 1 }
        }
        return try decode(UnsafeBufferPointer(rebasing: all[start..<end]), isUTF8: isUTF8, at: place)
      }
    }
  }
}

/// Strings in one buffer, each closed by a zero byte, as the library wants them.
struct CStrings {
  private var bytes: [UInt8] = []
  private var starts: [Int] = []

  init(_ strings: some Collection<String>, at place: Place) throws {
    starts.reserveCapacity(strings.count)
    for string in strings {
      starts.append(bytes.count)
      let start = bytes.count
      bytes.append(contentsOf: string.utf8)
      guard !bytes[start...].contains(0) else {
        throw HDF5Error(.unwritable, at: place, "cannot hold a string with a zero byte: \(string.debugDescription)")
      }
      bytes.append(0)
    }
  }

  func withPointers<Result>(_ body: (UnsafeRawPointer?) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      let pointers = starts.map { start in buffer.baseAddress.map { $0 + start } }
      return pointers.withUnsafeBytes { body($0.baseAddress) }
    }
  }
}

/// Memory for the strings of one read: given back at once, and no more of it than `limit` bytes.
final class StringArena {
  private var blocks: [UnsafeMutableRawPointer] = []
  private var used = 0
  private var room = 0
  private var remaining: Int
  private(set) var isExhausted = false

  init(limit: Int) { remaining = limit }

  deinit { for block in blocks { block.deallocate() } }

  func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    let size = (size + 7) & ~7
    guard size >= 0, size <= remaining else {
      isExhausted = true
      return nil
    }
    remaining -= size
    if used + size > room {
      room = max(size, 64 << 10)
      used = 0
      blocks.append(.allocate(byteCount: room, alignment: 8))
    }
    defer { used += size }
    return blocks.last.map { $0 + used }
  }

  /// Makes `list` take the strings of a read from this arena.
  func serve(_ list: hid_t) -> herr_t {
    H5Pset_vlen_mem_manager(
      list,
      { size, arena in
        guard let arena else { return nil }
        return Unmanaged<StringArena>.fromOpaque(arena).takeUnretainedValue().allocate(size)
      }, Unmanaged.passUnretained(self).toOpaque(), { _, _ in }, nil)
  }
}
