import Problems

/// What keeps a cohort from being embedded.
package typealias EmbeddingError = Fault<EmbeddingFault>

/// The kinds of `EmbeddingError`.
package enum EmbeddingFault: FaultKind {
  /// A file that a model needs is not there, or there is more than one that could be meant.
  case modelFiles
  /// A model's configuration, or weights that do not fit it.
  case model
  /// A dictionary of something else, or one that the model does not fit.
  case dictionary
  /// A store that ingest did not write.
  case foreign
  /// Expression that cannot be ranked against medians.
  case unit
  /// A sample without a single token.
  case sample
  /// Parts of a block that do not make a whole.
  case part
  /// Too few samples, or a loss that is no number any more.
  case training
  /// A file that cannot be written or removed.
  case unwritable

  package var origin: Origin { self == .unwritable ? .program : .input }
}
