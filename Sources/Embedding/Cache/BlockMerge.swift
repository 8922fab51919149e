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
    let whole = try WholeOfParts(parts.map { (part: $0, path: $0.path, shard: $0.shard, key: $0.plan.key) })
    self.parts = whole.parts
    plan = whole.parts[0].plan
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
