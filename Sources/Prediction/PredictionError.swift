import Problems

/// What keeps a predictor from being trained or used.
package typealias PredictionError = Fault<PredictionFault>

/// The kinds of `PredictionError`.
package enum PredictionFault: FaultKind {
  /// A store that ingest did not write, or one without what is asked for.
  case foreign
  /// Pairs of samples and drugs: none that can be used, or labels of one class.
  case pairs
  /// Blocks, weights or genes of another model than the one in use.
  case model
  /// Folds that cannot be made.
  case folds
  /// A file of something else, of other sizes, or of other data or settings.
  case checkpoint
  /// Settings that do not go together.
  case settings
  /// A loss that is no number any more.
  case diverged
  /// Another run works in the same folder.
  case locked
  /// A file that cannot be written, read or removed.
  case unwritable

  package var origin: Origin { self == .unwritable ? .program : .input }
}
