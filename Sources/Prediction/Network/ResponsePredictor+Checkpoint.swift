import Embedding
import Formats
import Networks
import Randomness

extension ResponsePredictor {
  /// A network with the tensors of a file; `FormatError` where one is missing or of another shape.
  package init(_ file: SafetensorsFile, _ shape: Shape, dropout: Float = 0.1, pool: BufferPool) throws {
    var random = SeededRandom(seed: 0)
    self.init(shape, dropout: dropout, pool: pool, using: &random)
    try fill(from: file)
  }

  /// Takes the numbers of a file of the same sizes.
  func fill(from file: SafetensorsFile) throws {
    try parameters.fill(from: file)
    for buffer in buffers {
      if buffer.isCount, case .integers(let count) = try file.tensor(buffer.name).values, let first = count.first {
        buffer.value.fill([Float(first)])
      } else {
        buffer.value.fill(try file.floats(buffer.name, shape: buffer.value.shape))
      }
    }
  }

  /// The tensors by PyTorch's names.
  package var tensors: [String: Safetensor] { parameters.tensors.merging(buffers.tensors) { $1 } }
}
