import Matrices
import Networks

/// What predicts masked tokens from the last state.
struct EncoderHead {
  private let configuration: EncoderConfiguration
  private let transform: Tensor
  private let transformBias: Tensor
  private let norm: (scale: Tensor, shift: Tensor)
  /// The embeddings of the tokens, unless the model has weights of its own for it.
  private let decoder: Tensor
  private let decoderBias: Tensor

  init(_ weights: EncoderWeights, pool: BufferPool) {
    func tensor(_ name: String) -> Tensor { weights.tensor(["cls.predictions.\(name)"], pool: pool) }
    configuration = weights.configuration
    transform = tensor("transform.dense.weight")
    transformBias = tensor("transform.dense.bias")
    norm = (tensor("transform.LayerNorm.weight"), tensor("transform.LayerNorm.bias"))
    let own = "cls.predictions.decoder.weight"
    decoder = weights.tensor(
      [weights.tensors[own] == nil ? "bert.embeddings.word_embeddings.weight" : own], pool: pool)
    decoderBias = tensor("bias")
  }

  /// Rows x vocabulary, from rows x width.
  func logits(of hidden: UnsafePointer<Float>, rows: Int) -> [Float] {
    let (width, size) = (configuration.hiddenSize, configuration.vocabularySize)
    let pool = BufferPool()
    let state = Tensor([rows, width], pool: pool)
    StridedProduct(linear: transform, rows: rows).run(hidden, transform.pointer, into: state.pointer)
    configuration.activation.kernel.run(state.pointer, bias: transformBias.pointer, rows: rows, columns: width)
    ResidualNormalization(rows: rows, columns: width, epsilon: Float(configuration.epsilon))
      .run(state.pointer, scale: norm.scale.pointer, shift: norm.shift.pointer)
    let out = Tensor([rows, size], pool: pool)
    StridedProduct(linear: decoder, rows: rows).run(state.pointer, decoder.pointer, into: out.pointer)
    BiasedActivation.identity.run(out.pointer, bias: decoderBias.pointer, rows: rows, columns: size)
    return out.values
  }
}
