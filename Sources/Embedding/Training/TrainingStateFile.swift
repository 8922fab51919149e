import Formats
import Foundation
import Problems

/// Where the state of an unfinished training lies, beside what it will write: `OUTPUT.training`.
struct TrainingStateFile {
  let path: String

  init(of output: String) {
    path = (output.hasSuffix("/") ? String(output.dropLast()) : output) + ".training"
  }

  /// Nil where there is none.
  func read() throws -> SafetensorsFile? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try SafetensorsFile(reading: path)
  }

  func write(_ state: SafetensorsFile) throws { try state.write(to: path) }

  /// Takes the file away, if there is one.
  func remove() throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw EmbeddingError(
        .unwritable, at: Place(path), "cannot remove it: \(error.localizedDescription)",
        remedy: "see that the folder may be written")
    }
  }
}
