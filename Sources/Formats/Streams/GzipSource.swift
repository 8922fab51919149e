import CISAL
import CZlib
import Problems

/// Inflates a gzip stream of one or more members through ISA-L, checking each member's CRC and length.
package final class GzipSource: ByteSource {
  private let blocks: any BlockSource
  private let path: String
  private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
  private var members = 0
  private var inMember = false

  /// `path` names the file in errors.
  package convenience init(_ source: any ByteSource, path: String) {
    self.init(SourceBlocks(source), path: path)
  }

  /// Takes the stream from where `blocks` keeps it, without a copy.
  init(_ blocks: any BlockSource, path: String) {
    self.blocks = blocks
    self.path = path
    isal_inflate_init(state)
    state.pointee.crc_flag = UInt32(ISAL_GZIP_NO_HDR_VER)
  }

  deinit { state.deallocate() }

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
    guard let block = try blocks.next() else { return 0 }
    state.pointee.next_in = UnsafeMutablePointer(mutating: block.baseAddress?.assumingMemoryBound(to: UInt8.self))
    state.pointee.avail_in = UInt32(block.count)
    return block.count
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
      state.pointee.crc_flag = UInt32(ISAL_GZIP_NO_HDR_VER)
    }
    inMember = true
    try passHeader()
    return true
  }

  /// Reads a member's header byte by byte: ISA-L loses its place in one that lies across two reads (RFC 1952, 2.3).
  private func passHeader() throws {
    var checksum: UInt = 0
    func next() throws -> UInt8 {
      var byte = try nextByte()
      checksum = crc32(checksum, &byte, 1)
      return byte
    }
    var fixed: [UInt8] = []
    for _ in 0..<10 { fixed.append(try next()) }
    let flags = fixed[3]
    guard fixed.starts(with: [0x1f, 0x8b, 8]), flags & 0xE0 == 0 else {
      throw damage("this is no gzip header")
    }
    if flags & 4 != 0 {
      let extra = Int(try next()) | Int(try next()) << 8
      for _ in 0..<extra { _ = try next() }
    }
    // A name, then a comment, each ended by a zero.
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {
      while try next() != 0 {}
    }
    if flags & 2 != 0 {
      let computed = checksum & 0xFFFF
      guard try UInt(nextByte()) | UInt(nextByte()) << 8 == computed else {
        throw damage("the gzip header's checksum does not match it")
      }
    }
  }

  private func nextByte() throws -> UInt8 {
    if state.pointee.avail_in == 0, try refill() == 0 { throw truncation }
    let byte = state.pointee.next_in.pointee
    state.pointee.next_in += 1
    state.pointee.avail_in -= 1
    return byte
  }

  /// Runs the inflater once; true where it may be called again for this member.
  private func inflate() throws -> Bool {
    let result = isal_inflate(state)
    guard result == ISAL_DECOMP_OK || result == ISAL_END_INPUT else {
      throw damage(
        result == ISAL_INCORRECT_CHECKSUM
          ? "the gzip stream's checksum does not match its content"
          : "the compressed data are damaged (ISA-L code \(result))")
    }
    if state.pointee.block_state == ISAL_BLOCK_FINISH {
      members += 1
      inMember = false
      return false
    }
    return result == ISAL_DECOMP_OK
  }

  private func finish() throws {
    if inMember || members == 0 { throw truncation }
  }

  private var truncation: FormatError {
    FormatError(
      .truncated, at: Place(path), "the gzip stream ends before its last block",
      remedy: "the download was cut short: fetch the file again")
  }

  private func damage(_ cause: String) -> FormatError {
    FormatError(.malformed, at: Place(path), cause, remedy: "the file is damaged: download it again")
  }
}
