import Problems

/// What a portal's file lacks, or holds, that its layout does not allow.
package struct SourceError: Problem, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The file is not laid out as the configuration says.
    case wrongLayout
    /// A column, sheet or companion file that the layout needs is not there.
    case missing
    /// Files that should belong together do not.
    case inconsistent
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
