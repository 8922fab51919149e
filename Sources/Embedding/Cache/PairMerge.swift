import Cohorts
import Problems

/// Joins the parts of a store of pairs, to the bits of a run in one go; memory does not grow with the pairs' numbers.
package struct PairMerge {
  private let parts: [PairPart]
  private let blocks: [PairStore.Block]
  private let maker: PairStore.Maker

  /// Whether a file is a store, as parts of pairs are and parts of a cohort's block are not.
  package static func isPart(_ path: String) throws -> Bool { try StoreSeal.isSealed(path) }

  /// Opens the parts. Throws `.part` where one is missing, there twice, or of other pairs.
  package init(reading paths: [String]) throws {
    let given = try paths.map { try PairPart(reading: $0) }
    parts = try WholeOfParts(given.map { (part: $0, path: $0.store.path, shard: $0.shard, key: $0.key) }).parts
    let first = parts[0].store
    let path = BlockPath(.obsm, PairStore.perturbed)
    guard let record = try first.cachedBlocks(isInputChecked: false).first(where: { $0.path == path })?.record else {
      throw EmbeddingError(
        .part, at: Place(first.path, object: "/\(path)"), "has no record of what made it",
        remedy: "make the part again")
    }
    let columns = Dictionary(uniqueKeysWithValues: try first.obsm().map { ($0.name, $0.columns) })
    blocks = [PairStore.perturbed, PairStore.compound].map { .init($0, columns: columns[$0] ?? 0) }
    maker = PairStore.Maker(
      model: record.model, panelOrder: record.panelOrder, settings: record.settings, toolVersion: record.toolVersion)
  }

  /// Writes the store of pairs, in place of one that may be there.
  package func write(to path: String) throws -> BlockMerge.Report {
    let first = parts[0].store
    guard case .string(let name) = try first.value(at: "therapi/name") else {
      throw EmbeddingError(.part, at: Place(first.path, object: "/uns/therapi/name"), "is missing")
    }
    let obs = try obs()
    try PairStore.write(to: path, name: name, obs: obs, blocks: blocks, by: maker, uns: uns()) { writer in
      var start = 0
      for part in parts {
        for first in stride(from: 0, to: part.store.samples, by: PerturbationMap.block) {
          let rows = first..<min(part.store.samples, first + PerturbationMap.block)
          for block in blocks {
            let values = try part.store.rows(rows, of: BlockPath(.obsm, block.name)).values
            try values.withUnsafeBufferPointer {
              try writer.set(block.name, start + rows.lowerBound..<start + rows.upperBound, $0)
            }
          }
        }
        start += part.store.samples
      }
    }
    return BlockMerge.Report(
      store: path, block: "obsm/\(PairStore.perturbed)", samples: obs.index.count, parts: parts.count)
  }

  /// What the parts have in common: everything but which part each is.
  private func uns() throws -> [String: StoreValue] {
    let store = parts[0].store
    var uns: [String: StoreValue] = [:]
    for key in try store.keys(at: "") where !["therapi", "embeddings"].contains(key) {
      uns[key] = try store.value(at: key)
    }
    if case .group(var members) = uns[PairStore.record] {
      members[PairStore.shardMember] = nil
      uns[PairStore.record] = .group(members)
    }
    return uns
  }

  private func obs() throws -> Frame {
    let frames = try parts.map { try $0.store.obs() }
    var obs = Frame(indexName: frames[0].indexName, index: frames.flatMap(\.index))
    for (name, column) in frames[0].columns.map({ ($0.name, $0.column) }) {
      switch column {
      case .categorical(_, let categories, let ordered):
        let codes = try frames.indices.flatMap { try self.codes(name, of: frames[$0], categories, in: parts[$0]) }
        obs.set(name, .categorical(codes: codes, categories: categories, ordered: ordered))
      case .int32s:
        obs.set(name, .int32s(try frames.indices.flatMap { try numbers(name, of: frames[$0], in: parts[$0]) }))
      case .strings, .floats, .doubles, .booleans: throw other(name, parts[0])
      }
    }
    return obs
  }

  private func codes(_ name: String, of frame: Frame, _ expected: [String], in part: PairPart) throws -> [Int32] {
    guard case .categorical(let codes, let categories, _) = frame[name], categories == expected else {
      throw other(name, part)
    }
    return codes
  }

  private func numbers(_ name: String, of frame: Frame, in part: PairPart) throws -> [Int32] {
    guard case .int32s(let numbers) = frame[name] else { throw other(name, part) }
    return numbers
  }

  private func other(_ name: String, _ part: PairPart) -> EmbeddingError {
    EmbeddingError(
      .part, at: Place(part.store.path, object: "/obs/\(name)"),
      "is no column of a part of pairs, or not as in the first",
      remedy: "take the files that --shard wrote, as they were written")
  }
}
