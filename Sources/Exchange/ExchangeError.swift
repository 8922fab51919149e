import Problems

/// Why a part of a store cannot be handed on as asked.
package struct ExchangeError: Problem, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The format cannot hold what is asked for.
    case unsuitable
    /// The store does not have it.
    case missing
    /// Nothing was put in place; the file that was there before still is.
    case notCommitted
    /// Another process is writing the file.
    case locked
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

  package var origin: Origin { kind == .notCommitted ? .program : .input }
}
