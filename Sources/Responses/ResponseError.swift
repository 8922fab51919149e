import Problems

/// What is wrong with measured drug responses, or with the rules that turn them into labels.
package struct ResponseError: Problem, Equatable {
  package enum Kind: Sendable, Equatable {
    /// A sample was measured with a drug more than once, and the rule allows none.
    case repeatedPair
    /// A table of words or synonyms contradicts itself.
    case contradictoryTable
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
