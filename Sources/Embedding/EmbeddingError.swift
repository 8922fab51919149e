import Problems

/// What keeps an embedding from being made.
package typealias EmbeddingError = Fault<EmbeddingFault>

/// The kinds of `EmbeddingError`.
package enum EmbeddingFault: FaultKind {
  /// A file that a model needs is not there, or there is more than one that could be meant.
  case modelFiles
  /// A model's configuration, or weights that do not fit it.
  case model
  /// A dictionary of something else, or one that the model does not fit.
  case dictionary
  /// A checkpoint of something else, or of other sizes.
  case checkpoint
  /// Genes in an order that the model does not have, or genes that it lacks.
  case genes
  /// A store that ingest did not write, or one without what is asked for.
  case foreign
  /// Expression that cannot be ranked against medians.
  case unit
  /// Expression in a unit, or with numbers, that the model cannot take.
  case expression
  /// A sample without a single token.
  case sample
  /// Drugs, their SMILES, or pairs of samples and drugs.
  case pairs
  /// Parts of a block that do not make a whole.
  case part
  /// Too few samples, a table of training data, or a loss that is no number any more.
  case training
  /// A loss that is no number any more.
  case diverged
  /// A file that cannot be written or removed.
  case unwritable

  package var origin: Origin { self == .unwritable ? .program : .input }
}
