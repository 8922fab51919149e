import Cohorts
import Formats
import Foundation
import Problems

/// Some samples' rows of a block, as a file of its own: what `--shard` writes and `merge` joins.
package struct BlockPart: Sendable {
  package let plan: BlockPlan
  package let shard: Shard
  /// The shard's rows x columns.
  package let values: [Float]
  /// Where it was read from.
  package let path: String?

  package init(_ plan: BlockPlan, _ shard: Shard, values: [Float], path: String? = nil) {
    precondition(values.count == shard.rows(of: plan.samples).count * plan.columns, "\(values.count) values in a part")
    (self.plan, self.shard, self.values, self.path) = (plan, shard, values, path)
  }

  private static let format = "therapi-part 1"
  private static let tensor = "rows"

  private enum Key: String {
    case format, block, shard, samples, columns, model, input, settings, key
    case panelOrder = "panel_order"
    case toolVersion = "tool_version"
  }

  /// Name of the part's file beside a store: `NAME.X_geneformer.2-of-5.part`.
  package static func path(of store: String, _ block: BlockPath, _ shard: Shard) -> String {
    let stem = store.hasSuffix(".h5ad") ? String(store.dropLast(5)) : store
    return "\(stem).\(block.name).\(shard.number)-of-\(shard.count).part"
  }

  /// Writes the part as a whole or not at all.
  package func write(to path: String) throws {
    let record = plan.record
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let settings = String(decoding: try encoder.encode(record.settings), as: UTF8.self)
    let texts: [(Key, String)] = [
      (.format, Self.format), (.block, "\(plan.path)"), (.shard, "\(shard)"), (.samples, "\(plan.samples)"),
      (.columns, "\(plan.columns)"), (.model, record.model), (.input, record.input.sha256), (.settings, settings),
      (.panelOrder, record.panelOrder), (.toolVersion, record.toolVersion), (.key, plan.key),
    ]
    let rows = values.count / plan.columns
    try SafetensorsFile(
      metadata: Dictionary(uniqueKeysWithValues: texts.map { ($0.rawValue, $1) }),
      tensors: [Self.tensor: Safetensor(shape: [rows, plan.columns], values)]
    ).write(to: path)
  }

  /// Reads a part; `FormatError` where the file is damaged, `.part` where it is something else.
  package init(reading path: String) throws {
    let file = try SafetensorsFile(reading: path)
    func fault(_ key: Key, _ cause: String) -> EmbeddingError {
      EmbeddingError(
        .part, at: Place(path, field: key.rawValue), cause, remedy: "take a file that --shard wrote, as it was written")
    }
    func text(_ key: Key) throws -> String {
      guard let text = file.metadata[key.rawValue] else { throw fault(key, "is missing: this is no part of a block") }
      return text
    }
    guard try text(.format) == Self.format else { throw fault(.format, "is not '\(Self.format)'") }
    guard let block = BlockPath(try text(.block)), let shard = Shard(try text(.shard)),
      let samples = Int(try text(.samples)), let columns = Int(try text(.columns)), samples >= 0, columns > 0
    else { throw fault(.block, "block, shard, samples or columns cannot be read") }
    let settings: [String: String]
    do {
      settings = try JSONDecoder().decode([String: String].self, from: Data(try text(.settings).utf8))
    } catch is DecodingError { throw fault(.settings, "cannot be read") }
    let record = BlockRecord(
      model: try text(.model), input: InputFingerprint(sha256: try text(.input)), panelOrder: try text(.panelOrder),
      settings: settings, toolVersion: try text(.toolVersion))
    let plan = BlockPlan(path: block, columns: columns, samples: samples, record: record)
    guard plan.key == (try text(.key)) else { throw fault(.key, "does not agree with the rest of the header") }
    let values = try file.floats(Self.tensor, shape: [shard.rows(of: samples).count, columns])
    self.init(plan, shard, values: values, path: path)
  }
}
