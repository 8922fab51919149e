import Cohorts
import Genes
import Problems

/// A cohort as the perturbation model takes it.
package struct PerturbationCohort {
  package let store: CohortStore
  package let name: String
  package let samples: [String]
  package let unit: String
  package let standard: GeneStandard
  /// Samples x genes, z-scores in the panel's order.
  package let expression: [Float]
  /// Fingerprint of the aligner, where the layer is its.
  package let layerModel: String?

  /// Throws `EmbeddingError` for a store that ingest did not write or a unit that does not go, and `StoreError` for an
  /// aligned layer that is stale. `takesAnyUnit` lets every unit pass.
  package init(_ store: CohortStore, layer: ExpressionLayer, takesAnyUnit: Bool) throws {
    func text(_ path: String) throws -> String {
      guard case .string(let text) = try store.value(at: path) else {
        throw EmbeddingError(
          .foreign, at: Place(store.path, object: "/uns/\(path)"), "is missing",
          remedy: "ingest the cohort with therapi")
      }
      return text
    }
    self.store = store
    name = try text("therapi/name")
    guard try text("therapi/panel_order") == LandmarkPanel.shared.orderHash, store.genes == LandmarkPanel.count else {
      throw EmbeddingError(
        .genes, at: Place(store.path, object: "/uns/therapi/panel_order"), "names another order of genes",
        remedy: "ingest the cohort with this version of therapi")
    }
    samples = try store.obs().index
    let matrix: Matrix
    switch layer {
    case .x:
      (unit, matrix, layerModel) = (try text("expression/unit"), try store.matrix(), nil)
    case .aligned:
      let record = try store.requireCurrent(.aligned)
      guard case .string(let unit) = record.extra["unit"] else {
        throw EmbeddingError(
          .expression, at: Place(store.path, object: "/uns/embeddings/aligned/unit"), "is missing",
          remedy: "run `therapi align` again")
      }
      (self.unit, matrix, layerModel) = (unit, try store.layer("aligned"), record.model)
    }
    if !takesAnyUnit { try Self.check(unit, of: store) }
    if let position = matrix.values.firstIndex(where: { !$0.isFinite }) {
      throw EmbeddingError(
        .expression, at: Place(store.path, object: "/\(layer.rawValue)"),
        "is \(matrix.values[position]) for sample \(samples[position / matrix.columns])",
        remedy: "ingest the cohort again, with a rule for gaps")
    }
    standard = GeneStandard(of: matrix, measured: try Self.measured(of: store))
    expression = standard.standardised(matrix)
  }

  /// Z-scores by gene mean the same for every unit that is a logarithm, and for what was standardised before.
  private static func check(_ unit: String, of store: CohortStore) throws {
    let starts = ["log2(", "ln(", "log10(", "zscore", "log_ratio"]
    guard !starts.contains(where: unit.hasPrefix) else { return }
    throw EmbeddingError(
      .expression, at: Place(store.path, object: "/uns/expression/unit"),
      "is \(unit), no logarithm: a few high values would make each gene's deviation",
      remedy: "ingest the cohort with its unit declared, or give --any-unit")
  }

  private static func measured(of store: CohortStore) throws -> [Bool] {
    guard case .booleans(let measured) = try store.geneTable()["measured"] else {
      return Array(repeating: true, count: store.genes)
    }
    return measured
  }
}
