import Files
import Foundation
import Glibc
import Problems

/// SHA-256 of files, computed again only where size, time of change or inode differ from when it was computed last.
final class FileDigests {
  struct Entry: Codable, Equatable {
    var bytes: Int
    var seconds: Int
    var nanoseconds: Int
    var inode: UInt64
    var sha256: String
  }

  private(set) var entries: [String: Entry]

  init(_ entries: [String: Entry] = [:]) { self.entries = entries }

  /// Throws `StudyError` `.missingInput`.
  func digest(of path: String) throws -> String {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw StudyError(
        .missingInput, at: Place(path), "is not there", remedy: "name a file that is there, or make it first")
    }
    let known = entries[path]
    let now = Entry(
      bytes: Int(status.st_size), seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
      inode: UInt64(status.st_ino), sha256: known?.sha256 ?? "")
    if let known, known == now { return known.sha256 }
    let sum = try Self.sha256(of: path)
    entries[path] = Entry(
      bytes: now.bytes, seconds: now.seconds, nanoseconds: now.nanoseconds, inode: now.inode, sha256: sum)
    return sum
  }

  private static func sha256(of path: String) throws -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw StudyError(.missingInput, at: Place(path), "cannot be read: \(lastSystemError())")
    }
    defer { handle.closeFile() }
    var sum = SHA256()
    do {
      while let block = try handle.read(upToCount: 1 << 20), !block.isEmpty {
        block.withUnsafeBytes { sum.update($0) }
      }
    } catch {
      throw StudyError(.missingInput, at: Place(path), "cannot be read: \(error.localizedDescription)")
    }
    return sum.hex()
  }
}
