@testable import Cohorts

/// The store in Fixtures/store-v1-blocks.h5ad: the reference cohort with what an aligner writes back.
enum BlockExample {
  static let model = String(repeating: "5d", count: 32)
  static let latent = Matrix(rows: 5, columns: 3, values: (0..<15).map { Float($0) / 8 - 1 })
  static let weights = Matrix(rows: 5, columns: 3, values: (0..<15).map { Float($0 % 3 + 1) / 6 })
  static let aligned = Matrix(rows: 5, columns: 4, values: (0..<20).map { Float($0) / 4 })
  static let heterogeneity = [0.25, .nan, 1, 1.0 / 3, 0]

  /// The cohort before any model ran.
  static var cohort: Cohort {
    var cohort = ReferenceCohort.make()
    cohort.layers = [:]
    cohort.obsm = [:]
    cohort.uns["therapi"] = .group(["schema": .integer(1), "panel_order": .string(String(repeating: "c4", count: 32))])
    return cohort
  }

  static func record(for path: BlockPath, in store: CohortStore) throws -> BlockRecord {
    BlockRecord(
      model: model, input: try store.inputFingerprint(), panelOrder: String(repeating: "c4", count: 32),
      settings: ["preset": "paper", "seed": "42"], toolVersion: "0.1.0",
      extra: path == .weights ? ["cell_lines": .strings(["A375", "Zürich-2", "HT-29"])] : [:])
  }

  /// Writes all four blocks in one update.
  static func write(to path: String) throws {
    let store = try CohortStore(path)
    try StoreUpdate.update(path) { update in
      try update.set(.latent, latent, record(for: .latent, in: store))
      try update.set(.weights, weights, record(for: .weights, in: store))
      try update.set(.aligned, aligned, record(for: .aligned, in: store))
      try update.set(.heterogeneity, heterogeneity, record(for: .heterogeneity, in: store))
    }
  }

  /// Changes of what a model sees, with a part of what is said of them.
  static let changes: [(String, @Sendable (inout Cohort) -> Void)] = [
    ("the expression, the samples", { $0.x.values[0] += 1 }),
    ("the expression, the samples", { $0.genes.set("measured", .booleans([true, true, true, true])) }),
    ("var/measured or the unit", { $0.uns["expression"] = .group(["unit": .string("log2(fpkm + 1)")]) }),
    (
      "the expression, the samples",
      { cohort in
        var obs = Frame(indexName: "sample", index: cohort.obs.index.reversed())
        for named in cohort.obs.columns { obs.set(named.name, named.column) }
        cohort.obs = obs
      }
    ),
    ("genes in another order", { $0.uns["therapi"] = .group(["panel_order": .string("c5")]) }),
  ]
}
