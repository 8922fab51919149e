/// What kinds of fault a module knows, and who is to blame for each.
package protocol FaultKind: Sendable, Equatable {
  var origin: Origin { get }
}

extension FaultKind {
  /// Bad input, unless the kind says otherwise.
  package var origin: Origin { .input }
}

/// A problem of one of a module's kinds; each module names its own: `typealias FormatError = Fault<FormatFault>`.
package struct Fault<FaultKinds: FaultKind>: Problem, Equatable {
  package typealias Kind = FaultKinds

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

  package var origin: Origin { kind.origin }
}
