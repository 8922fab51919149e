/// How a small rank model is trained.
package struct PretrainingSettings: Sendable, Equatable, Codable {
  package var layers: Int
  package var width: Int
  package var heads: Int
  package var epochs: Int
  /// Tokens of a sample that are kept, the highest ranks.
  package var mostTokens: Int
  package var seed: UInt64
  package var batchSize = 16
  package var learningRate = 1e-3
  /// Share of the tokens that are to be predicted, and of the samples that are held out.
  package var maskedShare = 0.15
  package var heldOutShare = 0.1

  package init(
    layers: Int = 2, width: Int = 64, heads: Int = 4, epochs: Int = 10, mostTokens: Int = 256, seed: UInt64 = 42
  ) {
    precondition(width % heads == 0, "\(heads) heads for a width of \(width)")
    (self.layers, self.width, self.heads) = (layers, width, heads)
    (self.epochs, self.mostTokens, self.seed) = (epochs, mostTokens, seed)
  }
}
