import Formats
import Networks

extension ResponsePredictor {
  /// A network with the tensors of a file; `FormatError` where one is missing or of another shape.
  package init(_ file: SafetensorsFile, _ shape: Shape, dropout: Float = 0.1, pool: BufferPool) throws {
    var random = SeededRandom(seed: 0)
    self.init(shape, dropout: dropout, pool: pool, using: &random)
    try fill(from: file)
  }

  /// Takes the numbers of a file of the same sizes.
  func fill(from file: SafetensorsFile) throws {
    for parameter in parameters { parameter.value.fill(try file.floats(parameter.name, shape: parameter.value.shape)) }
    for buffer in buffers {
      if buffer.isCount, case .integers(let count) = try file.tensor(buffer.name).values, let first = count.first {
        buffer.value.fill([Float(first)])
      } else {
        buffer.value.fill(try file.floats(buffer.name, shape: buffer.value.shape))
      }
    }
  }

  /// The tensors by PyTorch's names.
  package var tensors: [String: Safetensor] {
    var tensors: [String: Safetensor] = [:]
    for parameter in parameters {
      tensors[parameter.name] = Safetensor(shape: parameter.value.shape, parameter.value.values)
    }
    for buffer in buffers {
      tensors[buffer.name] =
        buffer.isCount
        ? Safetensor(shape: [], values: .integers([Int64(buffer.value.scalar)]))
        : Safetensor(shape: buffer.value.shape, buffer.value.values)
    }
    return tensors
  }
}

extension Tensor {
  func fill(_ values: [Float]) {
    precondition(values.count == count, "\(values.count) values for a tensor of shape \(shape)")
    values.withUnsafeBufferPointer { if let start = $0.baseAddress { pointer.update(from: start, count: count) } }
  }
}
