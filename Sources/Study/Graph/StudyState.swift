import Exchange
import Foundation
import Problems

/// What a study has done, as its results folder keeps it.
struct StudyState: Codable, Equatable {
  /// A step that was done.
  struct Entry: Codable, Equatable {
    /// What it depended on, results of other steps among it.
    var inputs: [String: String]
    /// The fingerprint of what it made.
    var result: String
    var seconds: Double
  }

  /// The kind of file, and the version of its layout.
  private static let format = "therapi-study 1"

  private var format = Self.format
  var steps: [String: Entry] = [:]
  var digests: [String: FileDigests.Entry] = [:]

  init() {}

  /// Nil where the file is none of this version, so that its steps are looked at anew.
  init?(reading path: String) {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    do {
      let state = try JSONDecoder().decode(StudyState.self, from: data)
      guard state.format == Self.format else { return nil }
      self = state
    } catch {
      return nil
    }
  }

  /// Puts the state in place of the one before, whole or not at all.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try TextFile.write(String(decoding: try encoder.encode(self), as: UTF8.self) + "\n", to: path)
  }
}
