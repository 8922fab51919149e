import Problems

/// Counts how the rows of a source matched, and keeps those that stayed ambiguous.
package struct MatchTally: Sendable {
  package struct Unresolved: Sendable, Equatable {
    package let source: String
    /// Indices of the landmarks it may mean.
    package let candidates: [Int]
    package let why: Ambiguity
  }

  package private(set) var routes: [MatchRoute: Int] = [:]
  package private(set) var unresolved: [Unresolved] = []
  package private(set) var notLandmarks = 0
  /// The first identifiers that matched nothing, for messages.
  private var examples: [String] = []

  package init() {}

  package var matched: Int { routes.values.reduce(0, +) }

  package mutating func add(_ match: GeneMatch, source: @autoclosure () -> String) {
    switch match {
    case .landmark(_, let route): routes[route, default: 0] += 1
    case .ambiguous(let candidates, let why):
      unresolved.append(Unresolved(source: source(), candidates: candidates, why: why))
    case .notLandmark:
      notLandmarks += 1
      if examples.count < 3 { examples.append(source()) }
    }
  }

  /// Throws `GeneError` if no row stood for a landmark.
  package func requireMatches(at place: Place?) throws(GeneError) {
    guard matched == 0 else { return }
    let shown = examples.isEmpty ? "" : ", such as " + examples.map { "'\($0)'" }.joined(separator: ", ")
    let rows = notLandmarks + unresolved.count
    throw GeneError(
      .noLandmark, at: place, "none of \(rows) identifiers stands for a landmark gene\(shown)",
      remedy: "check which column holds the gene identifiers and of which kind they are")
  }
}
