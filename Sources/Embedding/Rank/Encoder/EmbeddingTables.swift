import Matrices
import Networks

/// What the first state is made of: a row for each token, one for its place, one for the type of the sequence.
struct EmbeddingTables {
  private let words: Tensor
  private let positions: Tensor
  private let types: Tensor
  private let scale: Tensor
  private let shift: Tensor
  private let epsilon: Float

  init(_ weights: EncoderWeights, pool: BufferPool) {
    func tensor(_ name: String) -> Tensor { weights.tensor(["bert.embeddings.\(name)"], pool: pool) }
    words = tensor("word_embeddings.weight")
    positions = tensor("position_embeddings.weight")
    types = tensor("token_type_embeddings.weight")
    (scale, shift) = (tensor("LayerNorm.weight"), tensor("LayerNorm.bias"))
    epsilon = Float(weights.configuration.epsilon)
  }

  /// Writes tokens x width; every sequence is of the first type.
  func run(_ tokens: [Int], into out: UnsafeMutablePointer<Float>) {
    let width = words.columns
    for (place, token) in tokens.enumerated() {
      precondition((0..<words.rows).contains(token), "token \(token) in a vocabulary of \(words.rows)")
      let (word, position) = (words.pointer + token * width, positions.pointer + place * width)
      let own = out + place * width
      for column in 0..<width { own[column] = word[column] + types.pointer[column] + position[column] }
    }
    ResidualNormalization(rows: tokens.count, columns: width, epsilon: epsilon)
      .run(out, scale: scale.pointer, shift: shift.pointer)
  }
}
