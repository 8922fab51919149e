/// What an embedding of a store came to.
package struct RankReport: Sendable, Encodable {
  package var store: String
  /// The part that was written in place of the store.
  package var part: String?
  package var samples: Int
  /// Samples that were computed now, and those that an earlier run had left.
  package var computed: Int
  package var resumed: Int
  /// Whether the block was there already, of this store and this model.
  package var wasCurrent: Bool
  package var model: String
  package var fingerprint: String
  /// What the model is, where it is not Geneformer but was made here.
  package var note: String?
  package var layer: String
  package var width: Int
  package var unit: String
  /// Genes with a token and a median that were measured.
  package var genes: Int
  /// Symbols of genes without a token or a median.
  package var genesWithout: [String]
  package var genesUnmeasured: Int
  /// Tokens of a sample: the fewest, the mean, the most.
  package var leastTokens: Int
  package var meanTokens: Double
  package var mostTokens: Int
  package var seconds: Double
}
