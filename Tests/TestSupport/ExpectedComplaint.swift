import Foundation
import Problems

/// What is to be said of a bad configuration: a row of a folder's `expected.tsv` (file, line:column, cause, remedy).
package struct ExpectedComplaint: Sendable, CustomStringConvertible {
  /// Path of the configuration.
  package let path: String
  package let place: Place
  package let cause: String
  package let remedy: String?

  package var description: String { (path as NSString).lastPathComponent }

  /// The rows of the `expected.tsv` in a folder; none where there is no such file.
  package static func all(in folder: String) -> [ExpectedComplaint] {
    let text = FileManager.default.contents(atPath: folder + "/expected.tsv").map {
      String(decoding: $0, as: UTF8.self)
    }
    return (text ?? "").split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let path = "\(folder)/\(fields[0])"
      let place = fields[1].split(separator: ":").map(String.init)
      return ExpectedComplaint(
        path: path,
        place: Place(path, line: place.first.flatMap { Int($0) }, field: place.count > 1 ? place[1] : nil),
        cause: fields[2], remedy: fields[3].isEmpty ? nil : fields[3])
    }
  }
}
