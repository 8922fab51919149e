import Glibc
import Problems

extension HDF5File {
  private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Where the HDF5 content starts: 0, or the size of the user block before it. Throws if the file is not HDF5.
  package static func signatureOffset(of path: String) throws -> Int {
    let place = Place(path)
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw HDF5Error(.unreadable, at: place, "cannot open the file: \(String(cString: strerror(errno)))")
    }
    defer { Glibc.close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw HDF5Error(.unreadable, at: place, "is not a regular file")
    }
    let size = Int(status.st_size)
    var offset = 0
    while offset + signature.count <= size {
      if bytes(of: descriptor, at: offset, count: signature.count) == signature { return offset }
      offset = offset == 0 ? 512 : offset * 2
    }
    let start = bytes(of: descriptor, at: 0, count: 32)
    throw HDF5Error(
      .unreadable, at: place,
      start.isEmpty ? "is empty, not an HDF5 file" : "is not an HDF5 file: it starts with \(shown(start))",
      remedy: remedy(forStart: start))
  }

  private static func bytes(of descriptor: Int32, at offset: Int, count: Int) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    let got = pread(descriptor, &buffer, count, off_t(offset))
    return Array(buffer.prefix(max(0, got)))
  }

  /// Text as text, other bytes in hexadecimal.
  private static func shown(_ bytes: [UInt8]) -> String {
    let isText = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 9 || $0 == 10 || $0 == 13 }
    if isText { return String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self).debugDescription }
    let digits = Array("0123456789abcdef")
    return "bytes " + bytes.prefix(8).map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined(separator: " ")
  }

  private static func remedy(forStart start: [UInt8]) -> String {
    if start.starts(with: [0x1F, 0x8B]) { return "it is gzip: decompress it first" }
    if start.starts(with: [0x50, 0x4B]) { return "it is a zip archive or .xlsx: extract it first" }
    if start.isEmpty { return "copy or download it again" }
    return "check that the right file is named and that its download was whole"
  }
}
