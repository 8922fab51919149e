import Foundation
import Testing

@testable import Formats

/// A small file below `Fixtures`.
enum Fixture {
  static func path(_ name: String) throws -> String {
    let folder = try #require(Bundle.module.path(forResource: "Fixtures", ofType: nil))
    let path = "\(folder)/\(name)"
    try #require(FileManager.default.fileExists(atPath: path), "no fixture \(name)")
    return path
  }

  static func bytes(_ name: String) throws -> [UInt8] { try FileSource(path(name)).readAll() }
}
