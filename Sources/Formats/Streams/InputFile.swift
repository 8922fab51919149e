import Foundation
import Problems

/// A file as the formats see it: recognised by its content, whatever its name says, and unpacked on the fly.
package struct InputFile: Sendable {
  /// What the first bytes say the file is.
  package enum Content: String, Sendable {
    case text
    case gzip
    case zip
    /// A zip archive that holds a workbook.
    case workbook = "xlsx"
    /// An HDF5 file, with or without a user block before it.
    case hdf5 = "HDF5"
    case pickle
    case npy = "NPY"
    /// Anything else with zero bytes, which no text holds unless it is UTF-16.
    case binary = "binary data"
  }

  package let path: String
  package let content: Content
  /// Size on disk in bytes.
  package let size: Int
  /// Bytes read from disk so far by the streams this file has given.
  package let consumed = ByteCount()

  private let observer: (any ByteObserver)?

  /// Looks at the first bytes of `path`; `observer` is shown what its sources read. Throws
  /// `FormatError.Kind.unreadable` where it cannot be read.
  package init(_ path: String, observer: (any ByteObserver)? = nil) throws {
    self.path = path
    self.observer = observer
    let file = try FileSource(path)
    size = file.size
    content = try Self.content(of: file, path: path)
  }

  /// Whether it is read by `source` alone and from front to back.
  package var isStream: Bool { content == .text || content == .gzip }

  /// The file's bytes, unpacked where it is a gzip stream, or a zip archive of one file.
  ///
  /// `entry` names the file to take from an archive of several. Throws `FormatError`.
  package func source(entry: String? = nil) throws -> sending any ByteSource {
    switch content {
    case .gzip:
      let read = Readahead(try fileSource(), blockSize: 1 << 19, blocks: 4, givesWay: true)
      return GzipSource(read, path: path)
    case .zip: return try zipSource(entry: entry)
    case .text, .workbook, .hdf5, .pickle, .npy, .binary: return try fileSource()
    }
  }

  private func fileSource() throws -> sending FileSource {
    try FileSource(path, counting: consumed, observer: observer)
  }

  private func zipSource(entry: String?) throws -> sending any ByteSource {
    let archive = try ZipArchive(path: path)
    let names = archive.entries.map(\.name).filter { !$0.hasSuffix("/") }
    if let entry { return try archive.source(named: entry) }
    guard names.count == 1, let only = names.first else {
      throw FormatError(
        .missing, at: Place(path), "the archive holds \(names.count) files: \(names.prefix(6).joined(separator: ", "))",
        remedy: "name the one to read as `entry`")
    }
    return try archive.source(named: only)
  }

  private static func content(of file: FileSource, path: String) throws -> Content {
    let head = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
    defer { head.deallocate() }
    var count = 0
    while count < head.count {
      let more = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: head[count...]))
      if more == 0 { break }
      count += more
    }
    let bytes = UnsafeRawBufferPointer(rebasing: head[..<count])
    if bytes.starts(with: [0x1F, 0x8B]) { return .gzip }
    if bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) {
      return try ZipArchive(path: path).entry(named: "xl/workbook.xml") != nil ? .workbook : .zip
    }
    if bytes.starts(with: [0x93] + Array("NUMPY".utf8)) { return .npy }
    let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
    if [0, 512, 1024, 2048].contains(where: { bytes.dropFirst($0).starts(with: signature) }) { return .hdf5 }
    if bytes.count > 2, bytes[0] == 0x80, (2...5).contains(bytes[1]) { return .pickle }
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    return bytes.firstIndex(ofByte: 0) != nil && !isUTF16 ? .binary : .text
  }
}
