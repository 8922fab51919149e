import Problems

/// Why something cannot be shown as asked.
package struct InspectionError: Problem, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The file states itself what the caller declares.
    case contradiction
    /// No identifier of a list stands for a landmark.
    case noLandmark
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
