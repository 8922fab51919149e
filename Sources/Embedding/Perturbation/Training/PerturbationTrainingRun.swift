import Formats
import Logging
import Matrices
import Problems
import Runs

/// Trains a perturbation model, keeps its state on the disk, and ends in the model's file.
package struct PerturbationTrainingRun {
  /// What it came to.
  package struct Report: Sendable, Encodable {
    package var output: String
    package var kind: String
    package var model: String
    package var examples: Int
    package var drugs: Int
    /// Rows of the tables that were left out, by why.
    package var skipped: [String: Int]
    package var trainingRows: Int
    package var heldOutRows: Int
    package var epochs: Int
    package var bestEpoch: Int
    /// Mean squared errors on the drugs held out: of the best epoch, and of two predictors that know no drug.
    package var heldOutLoss: Double
    package var meanChangeLoss: Double
    package var noChangeLoss: Double
    package var seconds: Double
  }

  package let settings: PerturbationTrainingSettings
  /// Where the model goes; the state of an unfinished training lies beside it.
  package let output: String
  private let lanes: Int
  private let progress: (any RunProgress)?
  private let logger: Logger

  package init(
    _ settings: PerturbationTrainingSettings, output: String, lanes: Int = 2, progress: (any RunProgress)? = nil,
    logger: Logger
  ) {
    (self.settings, self.output, self.lanes) = (settings, output, lanes)
    (self.progress, self.logger) = (progress, logger)
  }

  private var stateFile: TrainingStateFile { TrainingStateFile(of: output) }

  /// Trains, from where an unfinished training of the same data and settings left off unless `restarts`.
  ///
  /// Throws a `Problem` for what is wrong with the tables, and `CancellationError` with the state kept.
  package func run(_ examples: PerturbationExamples, links: [Float], restarts: Bool = false) throws -> Report {
    let start = ContinuousClock.now
    var training = try PerturbationTraining(examples, settings: settings, links: links, lanes: Lanes(lanes))
    try EpochLoop(stage: "training", stateFile: stateFile, progress: progress, logger: logger)
      .run(&training, restarts: restarts)
    let kind: PerturbationModel.Kind = examples.hasUntreated ? .trained : .signatures
    let trivial = training.trivialLosses
    let bestEpoch = training.stopping.best?.epoch ?? 0
    let model = PerturbationModel(
      kind, tensors: training.best, shape: training.network.shape, genes: .panel, links: links,
      notes: [
        "settings": try TrainingState.json(settings), "curve": try TrainingState.json(training.curve),
        "what": "a network of CSG2A's design trained by therapi; it is not CSG2A", "key": try training.key,
        "tool_version": ToolVersion.current,
      ])
    try model.write(to: output)
    try stateFile.remove()
    return Report(
      output: output, kind: kind.rawValue, model: model.fingerprint, examples: examples.count,
      drugs: examples.molecules.count, skipped: examples.skipped, trainingRows: training.trainingRows.count,
      heldOutRows: training.heldOutRows.count, epochs: training.curve.count, bestEpoch: bestEpoch + 1,
      heldOutLoss: training.stopping.best?.loss ?? .nan, meanChangeLoss: trivial.meanChange,
      noChangeLoss: trivial.noChange, seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
