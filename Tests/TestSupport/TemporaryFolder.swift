import Foundation

/// A folder of its own for one test, removed when it goes out of use.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    path = NSTemporaryDirectory() + "therapi-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    // Nothing depends on the removal: a folder left behind is the system's to clear.
    do { try FileManager.default.removeItem(atPath: path) } catch {}
  }

  package func file(_ name: String) -> String { path + "/" + name }
}
