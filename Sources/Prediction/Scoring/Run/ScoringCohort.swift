import Cohorts
import Embedding
import Genes
import Problems

/// A cohort as predictors score it: rows of expression and of rank embeddings, read when they are needed.
struct ScoringCohort {
  let store: CohortStore
  let name: String
  let samples: [String]
  let input: String
  /// The expression before the drug, nil without the perturbation branch.
  private(set) var expression: (path: BlockPath?, model: String?, standard: ExpressionStandard)?
  /// Fingerprint of the rank model, nil without its branch.
  private(set) var rankModel: String?

  /// Throws `PredictionError`, `EmbeddingError`, and `StoreError` `.stale` for a block that may not be used.
  ///
  /// `source` is the run's source store. Aligned expression is a mixture of its lines, so it is standardised by their
  /// means and deviations, as they were in training; expression that is not aligned is standardised by its own.
  init(_ path: String, record: RunRecord, source: String?, isAligned: Bool) throws {
    let found = try SourceStore(path)
    (store, name, samples, input) = (found.store, found.name, found.samples, found.input)
    if record.shape.branches.contains(.perturbation) {
      expression = try isAligned ? aligned(record, source: source) : own()
    }
    if record.shape.branches.contains(.rank) {
      let block = try store.requireCurrent(.rank)
      guard block.model == record.rankModel else {
        throw PredictionError(
          .model, at: Place(path, object: "/\(BlockPath.rank)"), "was made by another model than the run's",
          remedy: "run `therapi embed rank` on this store with the model that embedded \(record.source)")
      }
      guard try store.columns(of: .rank) == record.shape.rank else {
        throw PredictionError(
          .model, at: Place(path, object: "/\(BlockPath.rank)"),
          "has not the \(record.shape.rank) columns of the run's",
          remedy: "run `therapi embed rank` again with this store")
      }
      rankModel = block.model
    }
  }

  private func aligned(
    _ record: RunRecord, source path: String?
  ) throws -> (path: BlockPath?, model: String?, standard: ExpressionStandard) {
    let block = try store.requireCurrent(.aligned)
    guard let path else {
      throw PredictionError(
        .settings, at: nil, "aligned expression is standardised as the cell lines were, and their store is not named",
        remedy: "give --source with the store of \(record.source) that the run was trained on")
    }
    let source = try SourceStore(path)
    guard source.input == record.input else {
      throw PredictionError(
        .model, at: Place(path),
        "is not the store that the run was trained on (\(record.source)), or has changed since",
        remedy: "name that store, or train again with `therapi train`")
    }
    let cohort = try PerturbationCohort(source.store, layer: .x, takesAnyUnit: true)
    guard case .string(let unit) = block.extra["unit"], unit == cohort.unit else {
      throw PredictionError(
        .model, at: Place(store.path, object: "/\(BlockPath.aligned)"),
        "is not in the unit of \(path), \(cohort.unit): it was aligned to other lines",
        remedy: "run `therapi align` with that store as its source")
    }
    return (.aligned, block.model, ExpressionStandard(cohort.standard))
  }

  private func own() throws -> (path: BlockPath?, model: String?, standard: ExpressionStandard) {
    var measured = Array(repeating: true, count: store.genes)
    if case .booleans(let known) = try store.geneTable()["measured"] { measured = known }
    return (nil, nil, try ExpressionStandard(of: store, measured: measured))
  }

  /// What the predictors are given of some samples.
  func samples(_ rows: Range<Int>) throws -> FoldedPredictor.Samples {
    let values = try expression.map { try $0.standard.standardised(store.rows(rows, of: $0.path).values) }
    let rank = try rankModel.map { _ in try store.rows(rows, of: .rank).values }
    return FoldedPredictor.Samples(expression: values ?? [], rank: rank ?? [])
  }
}
