import Formats

/// A text file that is there as a whole or not at all.
package enum WholeFile {
  /// Writes `text` and puts it in the target's place. Throws `.notCommitted`, `.locked`, `.unsuitable`.
  package static func write(_ text: String, to target: String) throws {
    let file = try PendingFile(target: target)
    try file.writing {
      let sink = try FileSink(file.path)
      try sink.write(text)
      try sink.finish()
    }
    try file.commit()
  }
}
