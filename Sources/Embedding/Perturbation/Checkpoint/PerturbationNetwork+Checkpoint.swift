import Formats
import Networks
import Problems
import Randomness

extension PerturbationNetwork.Shape {
  /// The sizes of the network that a state dictionary is of.
  ///
  /// The number of heads cannot be told from the tensors, so it is given. Throws `EmbeddingError` or `FormatError` for
  /// tensors that are no perturbation network's.
  package init(of file: SafetensorsFile, heads: Int) throws {
    let vectors = try file.tensor("w_gex").shape
    let width = try file.tensor("CCE.MAT.src_embed.lut.weight").shape
    guard vectors.count == 2, width.count == 2, width[0] > 0, heads > 0, width[0] % heads == 0 else {
      throw EmbeddingError(
        .checkpoint, at: file.path.map { Place($0) },
        "has gene vectors of shape \(vectors) and an embedding of shape \(width), which \(heads) heads do not go with",
        remedy: "take a checkpoint of CSG2A, and give its number of heads")
    }
    var layers = 0
    while file.tensors["CCE.MAT.encoder.layers.\(layers).self_attn.linears.0.weight"] != nil { layers += 1 }
    self.init(
      genes: vectors[0], hidden: vectors[1], transformer: .init(width: width[0], layers: layers, heads: heads))
  }
}

extension PerturbationNetwork {
  /// A network with the tensors of a state dictionary.
  package init(_ file: SafetensorsFile, _ shape: Shape, pool: BufferPool) throws {
    var random = SeededRandom(seed: 0)
    self.init(shape, pool: pool, using: &random)
    try fill(from: file)
  }

  /// Takes the numbers of a state dictionary of the same sizes.
  func fill(from file: SafetensorsFile) throws {
    try parameters.fill(from: file)
    for buffer in buffers where !buffer.isCount {
      buffer.value.fill(try file.floats(buffer.name, shape: buffer.value.shape))
    }
    for buffer in buffers where buffer.isCount {
      guard case .integers(let count) = try file.tensor(buffer.name).values, let first = count.first else { continue }
      buffer.value.fill([Float(first)])
    }
  }

  /// The tensors by PyTorch's names.
  var tensors: [String: Safetensor] { parameters.tensors.merging(buffers.tensors) { $1 } }
}
