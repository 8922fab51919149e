import Formats
import Networks
import Problems

/// The predictor of one fold as a file: `fold-00.safetensors`.
package struct PredictorFile: Sendable {
  package let header: PredictorHeader
  private let file: SafetensorsFile
  /// Fingerprint of the tensors, in hexadecimal digits.
  package let model: String

  package init(_ tensors: [String: Safetensor], header: PredictorHeader) throws {
    self.header = header
    file = SafetensorsFile(metadata: try header.metadata, tensors: tensors)
    model = file.fingerprint
  }

  /// Reads a file that `write` wrote; `FormatError` or `PredictionError`, before any of it is used, where it is
  /// something else.
  package init(reading path: String) throws {
    file = try SafetensorsFile(reading: path)
    header = try PredictorHeader(file)
    model = file.fingerprint
    for kind in header.shape.branches {
      // Before a network of these sizes is made.
      _ = try file.floats("\(kind.layers).0.weight", shape: [header.shape.width, header.shape.inputs(of: kind)])
    }
    _ = try predictor(pool: BufferPool())
  }

  /// Writes the file as a whole or not at all.
  package func write(to path: String) throws { try file.write(to: path) }

  /// The network with the file's numbers; its memory is the pool's.
  package func predictor(pool: BufferPool) throws -> ResponsePredictor {
    try ResponsePredictor(file, header.shape, dropout: header.settings.dropout, pool: pool)
  }

  /// The name of a fold's file in the folder of a run; `fold` is counted from 0.
  package static func name(fold: Int) -> String { "fold-\(fold < 10 ? "0" : "")\(fold).safetensors" }
}
