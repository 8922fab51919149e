import Cohorts
import Embedding
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
    tissues = obs["tissue"]?.words ?? Array(repeating: "", count: samples.count)
    input = try store.inputFingerprint().sha256
  }

  /// Samples x width, with the fingerprint of what made them; throws `StoreError` `.stale` for what may not be used.
  func ranks() throws -> (values: Matrix, model: String) {
    let record = try store.requireCurrent(.rank)
    return (try store.obsm(BlockPath.rank.name), record.model)
  }

  /// The store's drugs that have an embedding.
  ///
  /// Throws `PredictionError` `.model` where they have none, or one of another model than `model`, of another order of
  /// genes, or of other molecules than the store names.
  func drugs(model: String?) throws -> DrugTable {
    let place = Place(store.path, object: "/uns/\(PerturbationRun.drugMember)")
    func error(_ cause: String) -> PredictionError {
      PredictionError(
        .model, at: place, cause, remedy: "run `therapi embed perturbation --drugs-only` with this store and model")
    }
    guard case .group(let members) = try store.value(at: PerturbationRun.drugMember) else {
      throw error("is not there")
    }
    guard case .frame(let frame) = members["drugs"], case .matrix(let values) = members["values"],
      case .string(let maker) = members["model"], case .string(let order) = members["panel_order"],
      values.rows == frame.index.count, values.columns == LandmarkPanel.count
    else { throw error("is not a table of drugs and their embeddings") }
    guard order == LandmarkPanel.shared.orderHash else { throw error("is in another order of genes") }
    if let model, maker != model { throw error("was made by another model (\(maker.prefix(12))...)") }
    if let changed = try changedDrug(frame) { throw error("is of another molecule than the store's for \(changed)") }
    return DrugTable(names: frame.index, compounds: values.values, model: maker)
  }

  /// The first drug whose SMILES in the store is not that of its embedding.
  private func changedDrug(_ embedded: Frame) throws -> String? {
    guard case .frame(let own) = try store.value(at: "drugs"), let now = own["smiles"]?.words,
      let then = embedded["smiles"]?.words
    else { return nil }
    let known = Dictionary(zip(own.index, now)) { first, _ in first }
    return zip(embedded.index, then).first { name, smiles in known[name].map { $0 != smiles } ?? false }?.0
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

extension Column {
  /// The words of a column, "" being a gap; nil where it holds none.
  var words: [String]? {
    switch self {
    case .strings(let words): words
    case .categorical(let codes, let categories, _): codes.map { $0 < 0 ? "" : categories[Int($0)] }
    case .floats, .doubles, .int32s, .booleans: nil
    }
  }
}
