import Cohorts
import Dispatch
import Files
import Formats
import Foundation
import Problems
import Synchronization

/// The input files of a run: opened by name, hashed as they are read, and recorded for provenance.
final class InputLedger {
  struct Entry: Sendable {
    /// Name as the configuration has it.
    let name: String
    /// What it is read for, such as `expression`.
    let role: String
    let bytes: Int
    let sha256: String
  }

  private struct Pending {
    let name: String
    let role: String
    let file: InputFile
    let stamp: Stamp
    let hash: InputHash
  }

  private let root: String
  private var pending: [Pending] = []
  private let queue = DispatchQueue(label: "therapi.hash", qos: .utility)

  /// `root` is the folder that relative names start from.
  init(root: String) { self.root = root }

  func path(of name: String) -> String { name.hasPrefix("/") ? name : root + "/" + name }

  /// Opens a file and starts to hash it. Throws `FormatError.Kind.unreadable`.
  func open(_ name: String, role: String) throws -> InputFile {
    if let known = pending.first(where: { $0.name == name }) { return try InputFile(known.file.path) }
    let path = path(of: name)
    let hash = InputHash(path)
    let file = try InputFile(path, observer: hash)
    // What is not read from front to back is read once more, on the side; what fails there is thrown by `entries`.
    if !file.isStream { queue.async { _ = Result { try hash.readRest() } } }
    pending.append(Pending(name: name, role: role, file: file, stamp: try Stamp(path), hash: hash))
    return file
  }

  /// Completes the hashes. Throws `FormatError` where a file changed while it was read.
  func entries() throws -> [Entry] {
    queue.sync {}
    return try pending.map { input in
      let sha256 = try input.hash.hex(size: input.file.size)
      guard try Stamp(input.file.path) == input.stamp else {
        throw FormatError(
          .unreadable, at: Place(input.file.path), "the file changed while it was read",
          remedy: "wait until its download is complete, and run again")
      }
      return Entry(name: input.name, role: input.role, bytes: input.file.size, sha256: sha256)
    }
  }
}

/// Size and time of a file's last change, by which a change is noticed.
private struct Stamp: Equatable {
  let size: Int
  let seconds: Int
  let nanoseconds: Int

  init(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw FormatError(.unreadable, at: Place(path), String(cString: strerror(errno)))
    }
    size = Int(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }
}
