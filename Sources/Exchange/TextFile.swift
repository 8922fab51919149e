import Formats

/// A text that is written as a file.
package enum TextFile {
  /// Writes it whole or not at all, in place of a file that may be there; throws `ExchangeError`.
  package static func write(_ text: String, to path: String) throws {
    let pending = try PendingFile(target: path)
    try pending.writing {
      let sink = try FileSink(pending.path)
      try sink.write(text)
      try sink.finish()
    }
    try pending.commit()
  }
}
