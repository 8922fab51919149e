import CZip
import Foundation
import Problems

/// A zip archive on disk, opened for reading; its entries are streamed, never unpacked whole.
///
/// Not for use from several threads at once, and neither are the sources it hands out.
package final class ZipArchive {
  /// One file inside an archive, with the sizes its directory claims.
  package struct Entry: Sendable, Equatable {
    package let name: String
    package let size: Int
    package let compressedSize: Int
    let index: UInt64
    let isEncrypted: Bool
  }

  /// Bounds on what an archive may claim before anything of it is read.
  package struct Limits: Sendable {
    /// Most entries an archive may list.
    package var entries = 1_000_000
    /// Largest unpacked size of one entry, in bytes.
    package var entrySize = 64 << 30
    /// Largest ratio of unpacked to packed size; entries below one megabyte are let through.
    package var expansion = 500

    package init() {}
  }

  package let path: String
  package let entries: [Entry]
  let limits: Limits
  let handle: OpaquePointer
  private let byName: [String: Int]

  /// Opens the archive and lists it; throws `FormatError` for a file that is no zip or is cut short.
  package init(path: String, limits: Limits = Limits()) throws {
    self.path = path
    self.limits = limits
    var code: Int32 = 0
    guard let handle = zip_open(path, ZIP_RDONLY, &code) else { throw Self.cannotOpen(path, code) }
    do {
      entries = try Self.list(handle, path: path, limits: limits)
    } catch {
      zip_discard(handle)
      throw error
    }
    self.handle = handle
    byName = Dictionary(zip(entries.map(\.name), entries.indices), uniquingKeysWith: { first, _ in first })
  }

  deinit { zip_discard(handle) }

  /// The entry of that name, or nil.
  package func entry(named name: String) -> Entry? { byName[name].map { entries[$0] } }

  /// A stream over an entry's unpacked bytes whose end is reached only if size and checksum are right.
  package func source(_ entry: Entry) throws -> any ByteSource {
    try check(entry)
    guard let file = zip_fopen_index(handle, entry.index, 0) else {
      throw failure(zip_get_error(handle).pointee, in: entry)
    }
    return ZipEntrySource(archive: self, entry: entry, file: file)
  }

  /// A stream over one entry of an archive that it opens for itself, so that another thread can read it ahead.
  package static func source(path: String, entry name: String) throws -> sending any ByteSource {
    try ZipArchive(path: path).source(named: name)
  }

  /// A stream over the entry of that name; throws `.missing` where there is none.
  package func source(named name: String) throws -> any ByteSource {
    guard let entry = entry(named: name) else {
      throw FormatError(.missing, at: Place(path), "the archive has no entry named \(name)")
    }
    return try source(entry)
  }

  private func check(_ entry: Entry) throws {
    if entry.isEncrypted {
      throw FormatError(
        .unreadable, at: place(entry), "the entry is encrypted", remedy: "unpack the archive with its password first")
    }
    let isSuspect = entry.size > 1 << 20 && entry.size / max(entry.compressedSize, 1) > limits.expansion
    if entry.size > limits.entrySize || isSuspect {
      throw FormatError(
        .tooLarge, at: place(entry),
        "the entry claims to expand from \(entry.compressedSize) to \(entry.size) bytes, more than is allowed"
          + " (\(limits.entrySize) bytes, \(limits.expansion) : 1)",
        remedy: "get the archive again, or unpack it yourself if you trust it")
    }
  }

  func place(_ entry: Entry) -> Place { Place(path, object: entry.name) }

  /// libzip's error as ours.
  func failure(_ error: zip_error_t, in entry: Entry) -> FormatError {
    var error = error
    let text = String(cString: zip_error_strerror(&error))
    let kind: FormatError.Kind
    switch error.zip_err {
    case ZIP_ER_EOF: kind = .truncated
    case ZIP_ER_MEMORY, ZIP_ER_COMPNOTSUPP, ZIP_ER_ENCRNOTSUPP, ZIP_ER_NOPASSWD, ZIP_ER_WRONGPASSWD: kind = .unreadable
    default: kind = .malformed
    }
    return FormatError(kind, at: place(entry), "cannot unpack the entry: \(text)", remedy: "get the archive again")
  }

  private static func list(_ handle: OpaquePointer, path: String, limits: Limits) throws -> [Entry] {
    let count = zip_get_num_entries(handle, 0)
    guard count >= 0, count <= limits.entries else {
      throw FormatError(.tooLarge, at: Place(path), "the archive lists \(count) entries")
    }
    return try (0..<UInt64(count)).map { index in
      var stat = zip_stat_t()
      guard zip_stat_index(handle, index, 0, &stat) == 0, let name = stat.name,
        let size = Int(exactly: stat.size), let packed = Int(exactly: stat.comp_size)
      else {
        throw FormatError(.malformed, at: Place(path), "entry \(index + 1) of the archive has no readable record")
      }
      return Entry(
        name: String(cString: name), size: size, compressedSize: packed, index: index,
        isEncrypted: stat.encryption_method != UInt16(ZIP_EM_NONE))
    }
  }

  private static func cannotOpen(_ path: String, _ code: Int32) -> FormatError {
    var error = zip_error_t()
    zip_error_init_with_code(&error, code)
    defer { zip_error_fini(&error) }
    let text = String(cString: zip_error_strerror(&error))
    switch code {
    case ZIP_ER_NOENT, ZIP_ER_OPEN, ZIP_ER_READ:
      return FormatError(.unreadable, at: Place(path), "cannot open the archive: \(text)")
    case ZIP_ER_NOZIP, ZIP_ER_INCONS, ZIP_ER_EOF:
      if startsLikeZip(path) {
        return FormatError(
          .truncated, at: Place(path), "the zip archive has no whole directory at its end", remedy: "get the file again"
        )
      }
      return FormatError(.wrongFormat, at: Place(path), "the file is not a zip archive")
    default:
      return FormatError(.malformed, at: Place(path), "cannot open the archive: \(text)")
    }
  }

  /// Whether the file begins with the header of a zip entry; false for a file that cannot be read.
  static func startsLikeZip(_ path: String) -> Bool {
    guard let file = fopen(path, "rb") else { return false }
    defer { fclose(file) }
    var head: [UInt8] = [0, 0, 0, 0]
    return fread(&head, 1, 4, file) == 4 && head == [0x50, 0x4B, 3, 4]
  }
}
