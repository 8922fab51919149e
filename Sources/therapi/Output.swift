import Files
import Foundation
import Glibc
import Inspection
import Problems

/// Standard output and standard error.
enum Output {
  /// Why standard output takes no more.
  struct Unwritable: Problem {
    let cause: String
    var place: Place? { nil }
    var remedy: String? { nil }
    var origin: Origin { .program }
  }

  static func write(_ text: String) throws {
    guard send(text, to: STDOUT_FILENO) else {
      throw Unwritable(cause: "cannot write to standard output: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes one JSON document: keys sorted and in snake_case, the keys of dictionaries as they are.
  static func write(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    try write(String(decoding: encoder.encode(value), as: UTF8.self) + "\n")
  }

  /// Writes lines to standard error; nobody can be told where that fails.
  static func complain(_ lines: [String]) {
    _ = send(lines.map(Sheet.printable).joined(separator: "\n"), to: STDERR_FILENO)
  }

  /// Writes all of the text; false, with `errno` set, where the system refuses.
  static func send(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      do throws(SystemFailure) { try writeAll(UnsafeRawBufferPointer(bytes), to: descriptor) } catch {
        errno = error.code
        return false
      }
      return true
    }
  }
}
