import Problems

/// What in the input keeps a cohort from being made, beyond the files' formats and layouts.
package struct IngestError: Problem, Equatable {
  package enum Kind: Sendable, Equatable {
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

  package var kind: Kind
  package var place: Place?
  package var cause: String
  package var remedy: String?

  package init(_ kind: Kind, at place: Place?, _ cause: String, remedy: String? = nil) {
    self.kind = kind
    self.place = place
    self.cause = cause
    self.remedy = remedy
  }

  package var origin: Origin { .input }
}
