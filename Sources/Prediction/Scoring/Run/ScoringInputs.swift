import Cohorts
import Embedding
import Matrices
import Problems
import Runs

/// What scores are made of: a run's predictors, a cohort and drugs that go together, and the plan that tells them from
/// others.
struct ScoringInputs {
  let cohort: ScoringCohort
  let drugs: ScoringDrugs
  let plan: ScoringPlan
  private let folder: ScoringRunFolder
  private let model: PerturbationModel?

  /// Reads the run and the cohort at `path`. Throws `PredictionError`, `EmbeddingError` and `StoreError` where they do not
  /// go together.
  init(_ path: String, _ options: ScoringRun.Options) throws {
    folder = try ScoringRunFolder(options.run)
    model = options.model
    let record = folder.record
    try Self.checkBranches(record, options)
    try Self.checkModel(record, options)
    cohort = try ScoringCohort(
      path, record: record, source: options.source, isAligned: !options.without.contains(.alignment))
    drugs = try ScoringDrugs(
      options.drugs, of: record, tables: Self.tables(cohort, record, source: options.source))
    plan = ScoringPlan(
      cohort: cohort.name, input: cohort.input, samples: cohort.samples.count, drugs: drugs.names,
      compounds: drugs.fingerprint, geneOrder: record.geneOrder, run: record.key, folds: folder.files.map(\.model),
      branches: record.shape.branches, layer: cohort.expression.map { $0.path?.name ?? "X" },
      layerModel: cohort.expression?.model, standard: cohort.expression?.standard.fingerprint,
      standardOf: cohort.expression.map { [cohort] in $0.path == nil ? cohort.name : record.source },
      rankModel: cohort.rankModel, perturbationModel: record.perturbationModel, toolVersion: ToolVersion.current)
  }

  /// The folds' predictors behind the perturbation model.
  func predictor(lanes: Lanes) throws -> FoldedPredictor { try folder.folded(model, lanes: lanes) }

  private static func checkBranches(_ record: RunRecord, _ options: ScoringRun.Options) throws {
    for branch in options.without.compactMap(\.branch) where record.shape.branches.contains(branch) {
      throw PredictionError(
        .settings, at: Place("\(options.run)/\(RunFolder.record)", field: "shape"), "has the branch \(branch.rawValue)",
        remedy: "train a run with `therapi train --without \(branch.rawValue)`")
    }
  }

  private static func checkModel(_ record: RunRecord, _ options: ScoringRun.Options) throws {
    guard let model = options.model else {
      guard record.shape.branches.contains(.perturbation) else { return }
      throw PredictionError(
        .settings, at: Place("\(options.run)/\(RunFolder.record)", field: "perturbation_model"),
        "names a perturbation model, and none is given",
        remedy: "give --perturbation with the model that the run was trained with")
    }
    guard model.fingerprint == record.perturbationModel else {
      throw PredictionError(
        .model, at: Place("\(options.run)/\(RunFolder.record)", field: "perturbation_model"),
        "names another perturbation model than the one given (\(model.fingerprint.prefix(12))...)",
        remedy: "give --perturbation the model that the run was trained with, or train again with `therapi train`")
    }
  }

  /// Tables of drugs' embeddings, the source's first.
  private static func tables(_ cohort: ScoringCohort, _ record: RunRecord, source: String?) throws -> [DrugTable] {
    var tables: [DrugTable] = []
    if let source {
      tables.append(try SourceStore(source).drugs(model: record.perturbationModel))
    }
    let own = try SourceStore(cohort.store.path)
    if try own.store.value(at: DrugEmbeddings.path) != nil {
      tables.append(try own.drugs(model: record.perturbationModel))
    }
    guard !tables.isEmpty else {
      throw PredictionError(
        .settings, at: Place(cohort.store.path, object: "/uns/\(DrugEmbeddings.path)"),
        "is not there, and the run's source store is not named",
        remedy: "give --source, or run `therapi embed perturbation --drugs-only` with this store")
    }
    return tables
  }
}
