import HDF5
import Problems

/// A store whose rows are all pairs of a cohort's samples and some drugs, sample after sample, with what predictors say of
/// them: `NAME.scores.h5ad`.
///
/// It has the layout of a store of pairs: X has no columns, obs holds the pairs with their scores, and `uns/scores` how
/// they were made. Rows are written and read in blocks of one size, so memory does not grow with them, and equal scores
/// give equal bytes.
package enum ScoreStore {
  /// How the scores were made, below `uns`.
  package static let record = "scores"

  /// Columns of obs, in their order.
  enum Name {
    static let index = "pair"
    static let sample = "sample"
    static let drug = "drug"
    static let label = "label"
    static let logit = "logit"
    static let deviation = "deviation"
    static let probability = "probability"
    static let all = [sample, drug, label, logit, deviation, probability]
  }

  /// What is said of some pairs, one number a pair in each.
  package struct Scores: Sendable, Equatable {
    /// 1, 0, or -1 where there is none.
    package var labels: [Int32] = []
    /// Mean of the log odds over the folds.
    package var logits: [Float] = []
    /// Standard deviation of the log odds over the folds (n - 1); NaN where there is one fold.
    package var deviations: [Float] = []
    /// Mean of the folds' probabilities.
    package var probabilities: [Float] = []

    package init() {}

    package var count: Int { logits.count }
  }

  /// Rows that are written, or read, at once: a chunk of a column.
  static let block = Matrix.chunkBytes / MemoryLayout<Float>.stride

  /// Writes a store in place of one that may be there; `body` gives the scores in the order of the rows. It appears
  /// whole or not at all; errors are those of `Cohort.write`.
  package static func write(
    to path: String, name: String, samples: [String], drugs: [String], panelOrder: String,
    uns: [String: StoreValue], _ body: (Writer) throws -> Void
  ) throws {
    var outline = Cohort(
      x: Matrix(rows: 0, columns: 0), obs: Frame(indexName: Name.index, index: []),
      genes: Frame(indexName: "symbol", index: []))
    outline.uns = uns
    outline.uns["therapi"] = .group([
      "schema": .integer(1), "name": .string(name), "kind": .string("scores"), "panel_order": .string(panelOrder),
    ])
    try outline.check(for: path)
    let pending = try PendingStore(target: path)
    let file = try pending.createOnDisk()
    try pending.writing {
      let root = try file.root
      try Encoding.anndata.mark(root.attributes)
      try Matrix(rows: samples.count * drugs.count, columns: 0).write(Member.x, to: root)
      let writer = try Writer(root.createGroup(Member.obs), samples: samples, drugs: drugs)
      try body(writer)
      try writer.finish()
      try outline.genes.write(Member.genes, to: root)
      for name in [Member.layers, Member.obsm] + Member.empty {
        try Encoding.dict.mark(root.createGroup(name).attributes)
      }
      try StoreValue.write(outline.uns, Member.uns, to: root)
    }
    try pending.commitFromDisk(file)
  }
}
