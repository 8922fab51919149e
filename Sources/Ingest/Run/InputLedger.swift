import Cohorts
import Dispatch
import Files
import Formats
import Foundation
import Problems
import Synchronization

/// The input files of a run: opened by name, hashed on the side while they are read, and recorded for provenance.
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
    let hash: PendingHash
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
    let file = try InputFile(path)
    let hash = PendingHash()
    queue.async { hash.finish(Result { try SHA256.hex(ofFile: path) }) }
    pending.append(Pending(name: name, role: role, file: file, stamp: try Stamp(path), hash: hash))
    return file
  }

  /// Waits for the hashes. Throws `FormatError` where a file changed while it was read.
  func entries() throws -> [Entry] {
    try pending.map { input in
      let sha256 = try input.hash.wait()
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

/// A hash that another thread computes.
private final class PendingHash: Sendable {
  private let result = Mutex<Result<String, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  func finish(_ value: sending Result<String, any Error>) {
    result.withLock { $0 = value }
    done.signal()
  }

  func wait() throws -> String {
    done.wait()
    defer { done.signal() }
    guard let value = result.withLock({ $0 }) else { preconditionFailure("the hash ended without a result") }
    return try value.get()
  }
}
