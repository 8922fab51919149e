import Cohorts
import Genes
import Problems

/// What a store of cell lines gives to a predictor: responses, rank embeddings, and drugs.
struct SourceStore {
  let store: CohortStore
  let name: String
  let samples: [String]
  /// One a sample; "" where it is not known.
  let tissues: [String]
  /// Fingerprint of what models see of the store.
  let input: String

  /// Throws `PredictionError` `.foreign` for a store that ingest did not write.
  init(_ path: String) throws {
    store = try CohortStore(path)
    guard case .string(let name) = try store.value(at: "therapi/name"),
      case .string(let order) = try store.value(at: "therapi/panel_order"),
      order == LandmarkPanel.shared.orderHash, store.genes == LandmarkPanel.count
    else {
      throw PredictionError(
        .foreign, at: Place(path, object: "/uns/therapi"), "names no cohort of the 978 landmarks in today's order",
        remedy: "ingest the cohort with this version of therapi")
    }
    let obs = try store.obs()
    self.name = name
    samples = obs.index
    tissues = obs["tissue"]?.texts ?? Array(repeating: "", count: samples.count)
    input = try store.inputFingerprint().sha256
  }

  /// Samples x width, with the fingerprint of what made them; throws `StoreError` `.stale` for what may not be used.
  func ranks() throws -> (values: Matrix, model: String) {
    let record = try store.requireCurrent(.rank)
    return (try store.obsm(BlockPath.rank.name), record.model)
  }

  /// The store's drugs that have an embedding; throws `StoreError` `.stale` for none, and for one of another model than
  /// `model`, of another order of genes, or of other molecules than the store names.
  func drugs(model: String?) throws -> DrugTable {
    let found = try store.requireDrugEmbeddings(model: model)
    guard found.values.columns == LandmarkPanel.count else {
      throw PredictionError(
        .model, at: Place(store.path, object: "/uns/\(DrugEmbeddings.path)"),
        "has \(found.values.columns) genes, the panel \(LandmarkPanel.count)",
        remedy: "run `therapi embed perturbation --drugs-only` with this store and model")
    }
    return DrugTable(names: found.drugs, compounds: found.values.values, model: found.model)
  }
}

/// Drugs with their compound embeddings.
struct DrugTable {
  let names: [String]
  /// Drugs x genes, in the panel's order.
  let compounds: [Float]
  /// Fingerprint of the model that made them.
  let model: String
}
