import Problems

/// What is wrong with the values of an expression table, or with what is said of their unit.
package struct ExpressionError: Problem, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The words for a unit are no unit.
    case unknownUnit
    /// The values contradict the declared unit.
    case contradiction
    /// Several units fit the values, or none does.
    case undecided
    /// There are no values, or some are infinite.
    case unusableValues
    /// The unit can only be converted with what was not given: gene lengths, or every gene of a sample.
    case notConvertible
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
