import Problems

/// What is wrong with the gene identifiers of a source.
package struct GeneError: Problem, Equatable {
  package enum Kind: Sendable, Equatable {
    /// Not one identifier of the source stands for a landmark.
    case noLandmark
    /// The identifiers are not of one kind, so none can be assumed.
    case mixedKinds
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
