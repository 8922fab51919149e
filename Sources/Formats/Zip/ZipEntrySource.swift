import CZip
import Problems

/// The unpacked bytes of one entry of a zip archive.
final class ZipEntrySource: ByteSource {
  private let archive: ZipArchive
  private let entry: ZipArchive.Entry
  private let file: OpaquePointer
  private var delivered = 0
  private var isFinished = false

  init(archive: ZipArchive, entry: ZipArchive.Entry, file: OpaquePointer) {
    self.archive = archive
    self.entry = entry
    self.file = file
  }

  deinit { zip_fclose(file) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let base = buffer.baseAddress, buffer.count > 0, !isFinished else { return 0 }
    let count = try unpack(base, buffer.count)
    delivered += count
    // The checksum is compared at the end of the stream: reach it before the last bytes are handed out.
    if count == 0 || delivered >= entry.size { try finish() }
    return count
  }

  private func finish() throws {
    var surplus: UInt8 = 0
    let extra = try unpack(&surplus, 1)
    isFinished = true
    if delivered < entry.size {
      throw FormatError(
        .truncated, at: archive.place(entry), "the entry ends after \(delivered) of \(entry.size) bytes",
        remedy: "get the archive again")
    }
    if delivered > entry.size || extra > 0 {
      throw FormatError(
        .malformed, at: archive.place(entry), "the entry holds more than the \(entry.size) bytes that it declares")
    }
  }

  private func unpack(_ base: UnsafeMutableRawPointer, _ count: Int) throws -> Int {
    let got = zip_fread(file, base, zip_uint64_t(count))
    guard got >= 0 else { throw archive.failure(zip_file_get_error(file).pointee, in: entry) }
    return Int(got)
  }
}
