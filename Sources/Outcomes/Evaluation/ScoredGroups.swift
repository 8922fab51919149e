import Problems

/// The scored pairs of two groups of samples: MSI and MSS, or responders and non-responders.
package struct ScoredGroups: Sendable {
  /// Numbers of the two groups.
  package struct Values: Sendable, Equatable {
    package var first: [Double] = []
    package var second: [Double] = []
  }

  /// Name that stands for the pairs' own labels.
  package static let label = "label"

  /// Column of obs or of a table, or `label`.
  package let column: String
  /// Whether the pairs' own labels group them.
  package let areLabels: Bool
  /// Words of the two groups.
  package let first: String
  package let second: String
  /// Pairs in neither group.
  package let leftOut: Int
  /// Samples that have no pair in either group.
  package let samplesLeftOut: Int
  /// Logits drug by drug, by name; of labels, the drugs that have one.
  package let drugs: [(name: String, logits: Values)]
  /// Logits of all labelled pairs; nil where samples are grouped, whose pairs are of other drugs each.
  package let labelled: Values?
  /// Entropies of the samples' mixtures in nats; nil where none is known. A sample that answered one drug and not
  /// another is in neither group.
  package let entropies: Values?

  /// Groups samples by their words. `pair` names the two groups, and may be left out where there are just two words.
  ///
  /// Throws `OutcomeError` `.nothingToCompare`.
  package init(
    _ scores: ScoredPairs, words: SampleWords, pair: (String, String)? = nil, entropies: SampleEntropies? = nil
  ) throws {
    let found = scores.samples.map(words.word)
    let column = words.column
    try self.init(
      scores, column, found, try pair ?? Self.only(found, scores, column), areLabels: false, entropies)
  }

  /// Groups pairs by their labels: responders (1) and non-responders (0). Throws `OutcomeError` `.nothingToCompare`.
  package init(responders scores: ScoredPairs, entropies: SampleEntropies? = nil) throws {
    let words = scores.labels.map { label in label.map { $0 ? "1" : "0" } ?? "" }
    try self.init(scores, Self.label, words, ("1", "0"), areLabels: true, entropies)
  }

  private init(
    _ scores: ScoredPairs, _ column: String, _ words: [String], _ pair: (String, String), areLabels: Bool,
    _ entropies: SampleEntropies?
  ) throws {
    let found = Set(words)
    guard pair.0 != pair.1, found.contains(pair.0), found.contains(pair.1) else {
      throw Self.nothing(scores, column, words)
    }
    (self.column, self.areLabels, first, second) = (column, areLabels, pair.0, pair.1)
    func values(_ rows: [Int], _ number: (Int) -> Double?) -> Values {
      Values(
        first: rows.filter { words[$0] == pair.0 }.compactMap(number),
        second: rows.filter { words[$0] == pair.1 }.compactMap(number))
    }
    let grouped = words.indices.filter { words[$0] == pair.0 || words[$0] == pair.1 }
    leftOut = words.count - grouped.count
    let names = Dictionary(grouping: areLabels ? grouped : Array(words.indices)) { scores.drugs[$0] }
    drugs = names.sorted { $0.key < $1.key }.map { ($0, values($1) { scores.logits[$0] }) }
    labelled = areLabels ? values(grouped) { scores.logits[$0] } : nil
    // One row for each sample all of whose pairs are in one group.
    let samples = Dictionary(grouping: grouped) { scores.samples[$0] }
    samplesLeftOut = Set(scores.samples).count - samples.count
    let rows = samples.values.filter { rows in Set(rows.map { words[$0] }).count == 1 }.map { $0[0] }.sorted()
    let known = entropies.map { known in values(rows) { known.value(of: scores.samples[$0]) } }
    self.entropies = known.flatMap { $0.first.isEmpty && $0.second.isEmpty ? nil : $0 }
  }

  private static func only(_ words: [String], _ scores: ScoredPairs, _ column: String) throws -> (String, String) {
    let found = Set(words).subtracting([""]).sorted()
    guard found.count == 2 else { throw nothing(scores, column, words) }
    return (found[0], found[1])
  }

  private static func nothing(_ scores: ScoredPairs, _ column: String, _ words: [String]) -> OutcomeError {
    let found = Set(words).subtracting([""]).sorted()
    let what = column == label ? "labels" : "values in '\(column)'"
    return OutcomeError(
      .nothingToCompare, at: Place(scores.path),
      found.isEmpty
        ? "no scored sample has \(column == label ? "a label" : "a value in '\(column)'")"
        : "the scored samples have these \(what): \(found.prefix(12).joined(separator: ", "))",
      remedy: found.isEmpty ? "name the cohort that was scored with --cohort" : "name two of them with --compare A,B")
  }
}
