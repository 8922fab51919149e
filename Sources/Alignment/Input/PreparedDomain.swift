import Cohorts

/// One cohort as the aligner takes it.
package struct PreparedDomain: Sendable {
  /// The cohort's name.
  package let cohort: String
  /// Names of the rows: every sample of the target, the cell lines that take part of the source.
  package let samples: [String]
  /// Samples x genes in the store's order, scaled; genes that either side lacks are 0.
  package internal(set) var expression: Matrix
  /// One a sample: its tissue's place in `AlignmentDomains.tissues`; -1: none of them.
  package let tissues: [Int]
  /// Rows that train, ascending.
  package let trainingRows: [Int]
  /// Of X in the store, before the scaling.
  package let unit: String
  /// What a model sees of the store.
  package let input: InputFingerprint
  /// How X became `expression`.
  package let scaling: ExpressionScaling
  /// How the words for tissues were read.
  package let words: [TissueWord]
  /// Number of the store's samples that do not train, by why; one reason a sample.
  package let excluded: [Exclusion: Int]
}
