import Matrices
import Networks

/// Memory that one lane works in, kept from one sequence to the next.
final class EncoderWorkspace {
  private let configuration: EncoderConfiguration
  private let pool = BufferPool()
  private var tokens = 0
  /// Tokens x width: the state, which each layer replaces.
  private(set) var hidden: Tensor
  /// Tokens x 3 widths: queries, keys and values side by side.
  private(set) var projections: Tensor
  /// Tokens x width: what attention makes of the values.
  private(set) var context: Tensor
  /// Scores of a block of queries.
  private(set) var scores: Tensor
  /// A block of rows between the two halves of a layer, x width twice and x inner width.
  let half: Tensor
  let half2: Tensor
  let inner: Tensor

  /// Rows that go through the second half of a layer together, so that they stay in the cache.
  static let block = 192

  init(_ configuration: EncoderConfiguration) {
    self.configuration = configuration
    hidden = Tensor([0], pool: pool)
    (projections, context, scores) = (hidden, hidden, hidden)
    half = Tensor([Self.block, configuration.hiddenSize], pool: pool)
    half2 = Tensor([Self.block, configuration.hiddenSize], pool: pool)
    inner = Tensor([Self.block, configuration.intermediateSize], pool: pool)
  }

  /// Makes room for a sequence of so many tokens.
  func prepare(for count: Int) {
    guard count > tokens else { return }
    let width = configuration.hiddenSize
    hidden = Tensor([count, width], pool: pool)
    projections = Tensor([count, 3 * width], pool: pool)
    context = Tensor([count, width], pool: pool)
    scores = Tensor([AttentionHead.scratch(tokens: count)], pool: pool)
    tokens = count
  }
}
