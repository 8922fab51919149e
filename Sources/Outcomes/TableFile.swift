import Files
import Glibc
import Problems

/// Writes small tables as CSV (RFC 4180, rows ended with a line feed).
enum TableFile {
  /// The file appears whole or not at all, and replaces one of its name. Throws `OutcomeError` `.unwritable`.
  static func write(_ rows: [[String]], to path: String) throws {
    func failure(_ cause: String) -> OutcomeError {
      OutcomeError(
        .unwritable, at: Place(path), cause, remedy: "see that the folder is there, may be written, and has room")
    }
    guard let partial = PartialFile(beside: path) else { throw failure("is not the name of a file") }
    let file: OpenFile
    do {
      file = OpenFile(try partial.hold(requiringLock: false))
    } catch {
      switch error {
      case .cannotCreate(let code), .cannotLock(let code): throw failure(systemError(code))
      case .isHeld: throw failure("another process is writing this file")
      }
    }
    do {
      try file.cut(to: 0)
      try file.write(Array(rows.map { $0.map(field).joined(separator: ",") + "\n" }.joined().utf8), at: 0)
      try file.sync()
      guard rename(partial.path, path) == 0 else { throw SystemFailure.last }
    } catch let error as SystemFailure {
      unlink(partial.path)
      throw failure(error.words)
    }
    // The table can be made again: a name that the disk has not confirmed is no failure.
    _ = partial.syncFolder()
  }

  private static func field(_ text: String) -> String {
    let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
