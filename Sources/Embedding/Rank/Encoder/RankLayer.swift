/// Of which layer the embedding of a sample is the mean.
package enum RankLayer: String, Sendable, CaseIterable {
  case last
  /// Geneformer's own choice (`emb_layer` -1).
  case secondToLast = "second-to-last"

  /// Layers to compute of `count`; 0 gives the embeddings of the tokens themselves.
  func depth(of count: Int) -> Int { self == .last ? count : count - 1 }
}
