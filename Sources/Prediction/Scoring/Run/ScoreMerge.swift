import Cohorts
import Embedding
import Problems

/// Joins the parts of a cohort's scores to the bytes of a run in one go.
package struct ScoreMerge {
  package struct Report: Sendable, Encodable {
    package var output: String
    package var samples: Int
    package var drugs: Int
    package var pairs: Int
    package var labelled: Int
    package var parts: Int
  }

  private let parts: [ScorePart]
  private let plan: ScoringPlan

  /// Whether a file is such a part, and not one of a block of a store.
  package static func takes(_ path: String) -> Bool { ScorePart.isPart(path) }

  /// Reads the parts' heads. Throws `.checkpoint` where one is missing, there twice, or of another whole.
  package init(reading paths: [String]) throws {
    let parts = try paths.map { try ScorePart($0) }
    guard let first = parts.first?.entries else {
      throw PredictionError(.checkpoint, at: nil, "there are no parts to merge")
    }
    var found: [Int: ScorePart] = [:]
    for part in parts {
      let entries = part.entries
      guard entries.plan == first.plan, entries.shard.count == first.shard.count else {
        throw PredictionError(
          .checkpoint, at: Place(entries.path),
          "is a part of another whole than \(first.path): the store, the run, the drugs or the number of parts differ",
          remedy: "merge the parts of one store that one run scored with one set of options")
      }
      if let other = found.updateValue(part, forKey: entries.shard.number) {
        throw PredictionError(
          .checkpoint, at: Place(entries.path), "is part \(entries.shard), as \(other.entries.path) is",
          remedy: "name each part once")
      }
    }
    let missing = (1...first.shard.count).filter { found[$0] == nil }
    guard missing.isEmpty else {
      let shards = missing.map { "\($0)/\(first.shard.count)" }.joined(separator: ", ")
      throw PredictionError(
        .checkpoint, at: Place(first.path), "is one of \(first.shard.count) parts; \(shards) not given",
        remedy: "make them with --shard, and name them all")
    }
    self.parts = found.sorted { $0.key < $1.key }.map(\.value)
    plan = first.plan
  }

  /// Writes the store of scores, and a table where one is named; `.model` where the parts are of another store.
  package func write(_ store: String, output: String, csv: String? = nil) throws -> Report {
    let source = try SourceStore(store)
    guard source.samples.count == plan.samples, source.input == plan.input else {
      throw PredictionError(
        .model, at: Place(parts[0].entries.path),
        "was not made of \(store) as it is: its expression or its samples differ",
        remedy: "name the store that the parts were made of, or make them again")
    }
    let assembly = try ScoreAssembly(plan, samples: source.samples, store: source.store)
    try assembly.write(parts.map(\.entries), to: output)
    if let csv { try ScoreTable.write(output, to: csv) }
    return Report(
      output: output, samples: plan.samples, drugs: plan.drugs.count, pairs: plan.samples * plan.drugs.count,
      labelled: assembly.labelled, parts: parts.count)
  }
}
