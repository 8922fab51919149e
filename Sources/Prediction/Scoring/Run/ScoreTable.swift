import Cohorts
import Files
import Formats
import Glibc
import Problems

/// A store of scores as a table: comma-separated (RFC 4180), gzip by its name, gaps empty, numbers with the fewest digits
/// that read back the same.
package enum ScoreTable {
  /// Writes the file as a whole or not at all; memory does not grow with the rows.
  package static func write(_ store: String, to path: String) throws {
    let scores = try CohortStore(store)
    let names = try scores.scoredNames()
    guard let partial = PartialFile(beside: path) else {
      throw PredictionError(.unwritable, at: Place(path), "is not the name of a file")
    }
    let descriptor: Int32
    do { descriptor = try partial.hold(requiringLock: false) } catch {
      throw PredictionError(
        .unwritable, at: Place(path), "cannot create \(partial.path), or another process is writing it",
        remedy: "see that the folder is there and may be written")
    }
    defer { close(descriptor) }
    do {
      let file = try FileSink(partial.path)
      let sink: any ByteSink = path.hasSuffix(".gz") ? try GzipSink(file) : file
      try write(scores, names, to: sink)
      guard rename(partial.path, path) == 0 else {
        throw PredictionError(.unwritable, at: Place(path), "cannot be put in place: \(lastSystemError())")
      }
    } catch {
      unlink(partial.path)
      throw error
    }
    _ = partial.syncFolder()
  }

  private static func write(
    _ store: CohortStore, _ names: (samples: [String], drugs: [String]), to sink: any ByteSink
  ) throws {
    let drugs = names.drugs.map(field)
    try sink.write("sample,drug,label,logit,deviation,probability\n")
    var text: [UInt8] = []
    try store.forEachScore { first, scores in
      for row in 0..<scores.count {
        let pair = first + row
        let label = scores.labels[row] < 0 ? "" : "\(scores.labels[row])"
        let spread = scores.deviations[row].isNaN ? "" : "\(scores.deviations[row])"
        let sample = field(names.samples[pair / drugs.count])
        text += "\(sample),\(drugs[pair % drugs.count]),\(label),".utf8
        text += "\(scores.logits[row]),\(spread),\(scores.probabilities[row])\n".utf8
        if text.count >= 1 << 18 { try flush(&text, to: sink) }
      }
    }
    try flush(&text, to: sink)
    try sink.finish()
  }

  private static func flush(_ text: inout [UInt8], to sink: any ByteSink) throws {
    try text.withUnsafeBytes { try sink.write($0) }
    text.removeAll(keepingCapacity: true)
  }

  private static func field(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
