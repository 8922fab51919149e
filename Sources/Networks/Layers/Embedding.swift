/// A table of vectors, one for each token.
package struct Embedding {
  /// Tokens x width.
  package let weight: Parameter

  /// Drawn as PyTorch draws them, from the standard normal distribution.
  package init(
    _ name: String, count: Int, width: Int, pool: BufferPool, using generator: inout some RandomNumberGenerator
  ) {
    weight = Parameter("\(name).weight", Tensor(normal: [count, width], pool: pool, using: &generator))
  }

  package var parameters: [Parameter] { [weight] }

  /// The vectors of tokens, tokens x width.
  package func callAsFunction(_ tokens: [Int], on tape: Tape) -> Variable { tape.variable(weight).gathered(tokens) }
}
