import HDF5
import Problems

/// A store whose rows are pairs of a sample and a drug, with what models make of them: `NAME.pairs.h5ad`.
///
/// X has no columns; obs holds the pairs, obsm the blocks, and `uns/pairs` how they were made.
package enum PairStore {
  /// A block of obsm, pairs x columns.
  package struct Block: Sendable, Equatable {
    package let name: String
    package let columns: Int

    package init(_ name: String, columns: Int) { (self.name, self.columns) = (name, columns) }
  }

  /// Takes the blocks' rows, in any order.
  package struct Writer {
    /// In a fixed order: the chunks of a data set are written out when it is closed, and equal calls give equal bytes.
    fileprivate let datasets: [(name: String, dataset: HDF5Dataset)]

    /// Writes some rows of a block, row after row. The numbers are finite, or it is `.offProfile`.
    package func set(_ name: String, _ rows: Range<Int>, _ values: UnsafeBufferPointer<Float>) throws {
      guard let dataset = datasets.first(where: { $0.name == name })?.dataset else {
        preconditionFailure("no block \(name)")
      }
      if let position = values.firstIndex(where: { !$0.isFinite }) {
        throw StoreError(
          .offProfile, at: dataset.place,
          Matrix.cause(
            values[position], at: rows.lowerBound * dataset.rowCount + position, columns: dataset.rowCount),
          remedy: Matrix.notFiniteRemedy)
      }
      try dataset.write(rows, values)
    }
  }

  /// The expression after the drug, pairs x genes.
  package static let perturbed = "X_csg2a"
  /// The drug in its condition, pairs x genes.
  package static let compound = "X_compound"
  /// How the pairs were made, below `uns`.
  package static let record = "pairs"
  /// Member of it: SHA-256 of all that the pairs depend on.
  package static let keyMember = "key"
  /// Member of it in one of several parts, as in 2/5.
  package static let shardMember = "shard"

  /// What made the blocks: the model, the order of its genes, what else they depend on, and the program's version.
  package struct Maker: Sendable {
    package var model: String
    package var panelOrder: String
    package var settings: [String: String]
    package var toolVersion: String

    package init(model: String, panelOrder: String, settings: [String: String], toolVersion: String) {
      (self.model, self.panelOrder) = (model, panelOrder)
      (self.settings, self.toolVersion) = (settings, toolVersion)
    }
  }

  /// Writes a store in place of one that may be there, with the records of its blocks, and the blocks row by row as
  /// `body` gives them, so that memory does not grow with them. It appears whole or not at all; errors are those of
  /// `Cohort.write`.
  package static func write(
    to path: String, name: String, obs: Frame, blocks: [Block], by maker: Maker, uns: [String: StoreValue],
    _ body: (Writer) throws -> Void
  ) throws {
    let pairs = obs.index.count
    var outline = Cohort(
      x: Matrix(rows: pairs, columns: 0), obs: obs, genes: Frame(indexName: "symbol", index: []))
    outline.uns = uns
    outline.uns["therapi"] = .group([
      "schema": .integer(1), "name": .string(name), "kind": .string("pairs"), "panel_order": .string(maker.panelOrder),
    ])
    try outline.check(for: path)
    let record = BlockRecord(
      model: maker.model, input: try InputFingerprint(of: outline), panelOrder: maker.panelOrder,
      settings: maker.settings, toolVersion: maker.toolVersion)
    outline.uns[Member.embeddings] = .group(
      Dictionary(uniqueKeysWithValues: blocks.map { ($0.name, record.value(for: BlockPath(.obsm, $0.name))) }))
    let pending = try PendingStore(target: path)
    let file = try pending.createOnDisk()
    try pending.writing {
      try outline.write(to: file.root)
      let group = try file.root.group(Member.obsm)
      let datasets = try blocks.map { block in
        let dataset = try Matrix.create(block.name, rows: pairs, columns: block.columns, in: group)
        try Encoding.array.mark(dataset.attributes)
        return (block.name, dataset)
      }
      try body(Writer(datasets: datasets))
    }
    try pending.commitFromDisk(file)
  }
}

extension CohortStore {
  /// Checks that this store of pairs was made of that cohort as it is, and by the model of that fingerprint if one is
  /// given; throws `.stale` where it was not, or is a part of the pairs only.
  package func requirePairs(of cohort: CohortStore, model: String? = nil) throws {
    func member(_ name: String) throws -> String? {
      guard case .string(let text) = try value(at: "\(PairStore.record)/\(name)") else { return nil }
      return text
    }
    if let shard = try member(PairStore.shardMember) {
      throw StoreError(
        .stale, at: Place(path, object: "/\(Member.uns)/\(PairStore.record)"), "is part \(shard) of the pairs",
        remedy: "join the parts with `therapi merge`")
    }
    let cause: String
    if try member("input") != cohort.inputFingerprint().sha256 {
      cause = "was made of other data than \(cohort.path) holds"
    } else if let model, try member("model") != model {
      cause = "was made by another model"
    } else {
      return
    }
    throw StoreError(
      .stale, at: Place(path, object: "/\(Member.uns)/\(PairStore.record)"), cause,
      remedy: "run `therapi embed perturbation` again with this store")
  }
}
