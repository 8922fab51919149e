import Cohorts
import Embedding
import Matrices
import Prediction

extension StudySteps {
  /// Trains the predictors of all folds of a variant.
  func train(_ variant: StudyVariant) -> StudyStep {
    let settings = settings(of: variant)
    let path = folder.run(variant)
    let needsRank = study.rank != nil && variant.branch != .rank
    return StudyStep(
      Name.train(variant), needs: [Name.source, Name.drugs] + (needsRank ? [Name.rank] : []),
      inputs: { ["preset": study.predictor.preset.rawValue, "settings": "\(settings)"] },
      result: {
        try present([RunFolder(path).file(RunFolder.record)]) { try RunRecord(reading: RunFolder(path)).key }
      },
      work: {
        let model = variant.branch == .perturbation ? nil : try readPerturbationModel()
        let source = try PredictorSource(
          source.path, model: model, settings: settings, lanes: Lanes(lanes), progress: progress)
        let run = PredictorRun(
          study.predictor.preset, settings, output: path, lanes: lanes, progress: progress, logger: logger)
        do { _ = try run.run(source) } catch let error as PredictionError where error.kind == .checkpoint {
          // The folder is the study's own: what is of other data or settings makes way.
          logger.notice("taking away what is of other data or settings", metadata: ["folder": "\(path)"])
          _ = try run.run(source, restarts: true)
        }
      })
  }

  private func settings(of variant: StudyVariant) -> PredictorSettings {
    var settings = study.predictor.settings
    settings.without = PredictorBranch.allCases.filter {
      $0 == variant.branch || $0 == .rank && study.rank == nil
    }
    return settings
  }

  /// Scores all patients with all drugs by a variant.
  func score(_ variant: StudyVariant) -> StudyStep {
    let output = folder.scores(variant)
    let needsRank = study.rank != nil && variant.branch != .rank
    return StudyStep(
      Name.score(variant),
      needs: [Name.target, Name.align, Name.drugs, Name.train(variant.trained)] + (needsRank ? [Name.rank] : []),
      inputs: { ["drugs": "\(study.drugs)"] },
      result: {
        try present([output] + (variant == .full ? [folder.table("scores")] : [])) {
          guard case .string(let key) = try CohortStore(output).value(at: "\(ScoreStore.record)/key") else {
            throw StudyError(.damaged, at: .init(output), "is no store of scores", remedy: "take it away")
          }
          return key
        }
      },
      work: {
        _ = try ScoringRun(options(of: variant), lanes: lanes, progress: progress, logger: logger).score(
          target.path, output: output, csv: variant == .full ? folder.table("scores") : nil)
      })
  }

  /// How a variant scores.
  func options(of variant: StudyVariant) throws -> ScoringRun.Options {
    var without: Set<Ablation> = []
    if case .without(let part) = variant { without.insert(part) }
    return ScoringRun.Options(
      run: folder.run(variant.trained), model: variant.branch == .perturbation ? nil : try readPerturbationModel(),
      source: source.path, drugs: study.drugs, without: without)
  }
}
