import Cohorts
import Problems

/// Joins the parts of a block and writes it into its store, to the bits of a run in one go.
package struct BlockMerge {
  package struct Report: Sendable, Encodable {
    package var store: String
    package var block: String
    package var samples: Int
    package var parts: Int
  }

  private let parts: [BlockPart]
  private let plan: BlockPlan

  /// Reads the parts. Throws `.part` where one is missing, there twice, or of another block, model, input or division.
  package init(reading paths: [String]) throws {
    try self.init(paths.map { try BlockPart(reading: $0) })
  }

  init(_ parts: [BlockPart]) throws {
    guard let first = parts.first else {
      throw EmbeddingError(.part, at: nil, "there are no parts to merge")
    }
    func name(_ part: BlockPart) -> String { part.path ?? "part \(part.shard)" }
    var found: [Int: BlockPart] = [:]
    for part in parts {
      guard part.plan.key == first.plan.key, part.shard.count == first.shard.count else {
        throw EmbeddingError(
          .part, at: part.path.map { Place($0) },
          "is a part of another whole than \(name(first)): the store, the model, the settings or the number of parts "
            + "differ",
          remedy: "merge the parts of one store that one model made with one set of options")
      }
      if let other = found.updateValue(part, forKey: part.shard.number) {
        throw EmbeddingError(
          .part, at: part.path.map { Place($0) }, "is part \(part.shard), as \(name(other)) is",
          remedy: "name each part once")
      }
    }
    let missing = (1...first.shard.count).filter { found[$0] == nil }
    guard missing.isEmpty else {
      let shards = missing.map { "\($0)/\(first.shard.count)" }.joined(separator: ", ")
      throw EmbeddingError(
        .part, at: first.path.map { Place($0) }, "is one of \(first.shard.count) parts; \(shards) not given",
        remedy: "make them with --shard, and name them all")
    }
    self.parts = found.sorted { $0.key < $1.key }.map(\.value)
    plan = first.plan
  }

  /// Writes the block; `.part` where the parts are of another store, or of this one as it was before it changed.
  package func write(to store: String) throws -> Report {
    let found = try CohortStore(store)
    guard found.samples == plan.samples, try found.inputFingerprint() == plan.record.input else {
      throw EmbeddingError(
        .part, at: parts.first?.path.map { Place($0) },
        "was not made of \(store) as it is: its expression or its samples differ",
        remedy: "name the store that the parts were made of, or make them again")
    }
    let values = parts.flatMap(\.values)
    try StoreUpdate.update(store) {
      try $0.set(plan.path, Matrix(rows: plan.samples, columns: plan.columns, values: values), plan.record)
    }
    return Report(store: store, block: "\(plan.path)", samples: plan.samples, parts: parts.count)
  }
}
