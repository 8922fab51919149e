import Embedding
import Genes
import Matrices
import Networks
import Problems

/// The predictors of a finished run.
struct ScoringRunFolder {
  let record: RunRecord
  let files: [PredictorFile]

  /// Throws `PredictionError` `.checkpoint` where a fold is missing or is not the one that `run.json` names.
  init(_ path: String) throws {
    let folder = RunFolder(path)
    let record = try RunRecord(reading: folder)
    guard record.geneOrder == LandmarkPanel.shared.orderHash else {
      throw PredictionError(
        .model, at: Place(folder.file(RunFolder.record), field: "gene_order"), "names another order of genes",
        remedy: "use the version of therapi that trained the run, or train again")
    }
    guard !record.folds.isEmpty else {
      throw PredictionError(
        .checkpoint, at: Place(folder.file(RunFolder.record), field: "folds"), "names no fold", remedy: "train again")
    }
    files = try record.folds.map { fold in
      let place = Place(folder.predictor(fold: fold.fold))
      guard folder.contains(place.file) else {
        throw PredictionError(
          .checkpoint, at: place, "is not there, though run.json names it",
          remedy: "run `therapi train` again with this folder as --output: it makes what is missing")
      }
      let file = try PredictorFile(reading: place.file)
      guard file.model == fold.model, file.header.key == record.key, file.header.shape == record.shape else {
        throw PredictionError(
          .checkpoint, at: place, "is not the predictor that run.json names",
          remedy: "take the folder as `therapi train` wrote it, or train again with --restart")
      }
      return file
    }
    self.record = record
  }

  /// The predictors as one, with a perturbation network where they have that branch.
  func folded(_ model: PerturbationModel?, lanes: Lanes) throws -> FoldedPredictor {
    let pool = BufferPool()
    return FoldedPredictor(
      try files.map { try $0.predictor(pool: pool) }, network: try model?.network(pool: pool),
      links: model?.links ?? [], order: model?.genes ?? .panel, lanes: lanes, pool: pool)
  }
}
