/// Whether a step has to be done, and why.
package enum StepDecision: Sendable, Equatable {
  case current
  /// It has to be done, for these reasons.
  case due([String])
  /// Steps that it needs have to be done; whether it has to follow, their results will tell.
  case open([String])

  package var isCurrent: Bool { self == .current }

  /// In words, after a step's name.
  package var words: String {
    switch self {
    case .current: "current"
    case .due(let reasons): "to do: \(reasons.joined(separator: "; "))"
    case .open(let needs): "depends on what comes of \(needs.joined(separator: ", "))"
    }
  }
}
