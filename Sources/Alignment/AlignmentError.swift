import Problems

/// What keeps two cohorts from being aligned.
package typealias AlignmentError = Fault<AlignmentFault>

/// The kinds of `AlignmentError`.
package enum AlignmentFault: FaultKind {
  /// A store that ingest did not write, or that another program wrote anew.
  case foreign
  /// A store without samples.
  case empty
  /// A store that is named twice.
  case repeated
  /// A store that another program changed meanwhile.
  case changed
  /// Two stores whose genes stand in different orders, or that share no measured gene.
  case genes
  /// Two units, and no word on how they are to be brought together.
  case units
  /// A column of tissues, its words, or tissues that one side lacks.
  case tissues
  /// Which samples train, and whether they are enough.
  case training
  /// NaN or infinity in X.
  case notFinite
  /// A loss that is no number any more.
  case diverged
  /// A checkpoint of something else, or of other data.
  case checkpoint
  /// A file beside the checkpoint that cannot be removed.
  case unwritable
  /// Settings that a checkpoint names wrongly, or not at all.
  case settings

  package var origin: Origin { self == .unwritable ? .program : .input }
}
