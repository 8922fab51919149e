import Problems

/// What in the input keeps a cohort from being made, beyond the files' formats and layouts.
package typealias IngestError = Fault<IngestFault>

/// The kinds of `IngestError`.
package enum IngestFault: FaultKind {
  /// A sample, or a name of one, that the rules do not allow.
  case samples
  /// A table that finds no sample, or a column that a rule needs and nobody fills.
  case tables
  /// Gaps that no rule fills.
  case gaps
  /// A table of gene lengths that has none for the matrix's genes.
  case geneLengths
  case responses
  case tooLarge
}
