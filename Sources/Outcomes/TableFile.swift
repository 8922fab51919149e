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
    let descriptor: Int32
    do {
      descriptor = try partial.hold(requiringLock: false)
    } catch {
      switch error {
      case .cannotCreate(let code), .cannotLock(let code): throw failure(systemError(code))
      case .isHeld: throw failure("another process is writing this file")
      }
    }
    defer { close(descriptor) }
    let content = Array(rows.map { $0.map(field).joined(separator: ",") + "\n" }.joined().utf8)
    var written = 0
    let isEmptied = ftruncate(descriptor, 0) == 0
    while isEmptied, written < content.count {
      let count = content.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      written += count
    }
    guard isEmptied, written == content.count, fsync(descriptor) == 0, rename(partial.path, path) == 0 else {
      let cause = lastSystemError()
      unlink(partial.path)
      throw failure(cause)
    }
    // The table can be made again: a name that the disk has not confirmed is no failure.
    _ = partial.syncFolder()
  }

  private static func field(_ text: String) -> String {
    let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static func write(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    Glibc.write(descriptor, start, count)
  }
}
