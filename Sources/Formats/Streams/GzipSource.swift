import CISAL
import Problems

/// Inflates a gzip stream of one or more members through ISA-L, checking each member's CRC and length.
package final class GzipSource: ByteSource {
  private let source: any ByteSource
  private let path: String
  private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
  private var members = 0
  private var inMember = false

  /// `path` names the file in errors.
  package init(_ source: any ByteSource, path: String) {
    self.source = source
    self.path = path
    isal_inflate_init(state)
    state.pointee.crc_flag = UInt32(ISAL_GZIP)
  }

  deinit {
    state.deallocate()
    input.deallocate()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    state.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(clamping: buffer.count)
    let capacity = Int(state.pointee.avail_out)
    while Int(state.pointee.avail_out) == capacity, capacity > 0 {
      if state.pointee.avail_in == 0, try refill() == 0 {
        // Output may still wait inside ISA-L after the last byte of input.
        if inMember, try inflate(), Int(state.pointee.avail_out) < capacity { break }
        try finish()
        break
      }
      if !inMember, try !beginMember() { return 0 }
      _ = try inflate()
    }
    return capacity - Int(state.pointee.avail_out)
  }

  private func refill() throws -> Int {
    let count = try source.read(into: input)
    state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_in = UInt32(count)
    return count
  }

  /// Prepares for the next member; false where only padding of zero bytes is left.
  private func beginMember() throws -> Bool {
    if members > 0 {
      while state.pointee.avail_in > 0, state.pointee.next_in.pointee == 0 {
        state.pointee.next_in += 1
        state.pointee.avail_in -= 1
        if state.pointee.avail_in == 0, try refill() == 0 { return false }
      }
      guard state.pointee.next_in.pointee == 0x1f else {
        throw FormatError(
          .malformed, at: Place(path), "bytes follow the end of the gzip stream that are no gzip member",
          remedy: "download the file again, or cut it after its last member")
      }
      isal_inflate_reset(state)
      state.pointee.crc_flag = UInt32(ISAL_GZIP)
    }
    inMember = true
    return true
  }

  /// Runs the inflater once; true where it may be called again for this member.
  private func inflate() throws -> Bool {
    let result = isal_inflate(state)
    guard result == ISAL_DECOMP_OK || result == ISAL_END_INPUT else {
      throw FormatError(
        .malformed, at: Place(path), Self.meaning(of: result), remedy: "the file is damaged: download it again")
    }
    if state.pointee.block_state == ISAL_BLOCK_FINISH {
      members += 1
      inMember = false
      return false
    }
    return result == ISAL_DECOMP_OK
  }

  private func finish() throws {
    if inMember || members == 0 {
      throw FormatError(
        .truncated, at: Place(path), "the gzip stream ends before its last block",
        remedy: "the download was cut short: fetch the file again")
    }
  }

  private static func meaning(of code: Int32) -> String {
    switch code {
    case ISAL_INCORRECT_CHECKSUM: "the gzip stream's checksum does not match its content"
    case ISAL_INVALID_WRAPPER, ISAL_UNSUPPORTED_METHOD: "this is no gzip header"
    default: "the compressed data are damaged (ISA-L code \(code))"
    }
  }
}
