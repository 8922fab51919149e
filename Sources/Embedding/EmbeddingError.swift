import Problems

/// What keeps an embedding from being made.
package typealias EmbeddingError = Fault<EmbeddingFault>

/// The kinds of `EmbeddingError`.
package enum EmbeddingFault: FaultKind {
  /// A checkpoint of something else, or of other sizes.
  case checkpoint
  /// Genes in an order that the model does not have, or genes that it lacks.
  case genes
  /// A store that ingest did not write, or one without what is asked for.
  case foreign
  /// Expression in a unit, or with numbers, that the model cannot take.
  case expression
  /// Drugs, their SMILES, or pairs of samples and drugs.
  case pairs
  /// A table of training data.
  case training
  /// A loss that is no number any more.
  case diverged
  /// A file that cannot be written or removed.
  case unwritable

  package var origin: Origin { self == .unwritable ? .program : .input }
}
