import Cohorts
import Formats
import Logging
import Matrices
import Molecules
import Problems
import Runs

/// Tunes a perturbation model to the ln IC50 of a cohort of cell lines, and ends in a model's file with the head in it.
package struct ResponseTuningRun {
  /// What it came to; errors are root mean squares in ln IC50.
  package struct Report: Sendable, Encodable {
    package var output: String
    package var base: String
    package var baseKind: String
    package var model: String
    package var weights: String
    package var holdOut: String
    package var samples: Int
    package var drugs: Int
    /// Drugs without a molecule, and why.
    package var skippedDrugs: [String: String]
    package var trainingPairs: Int
    package var validationPairs: Int
    package var testPairs: Int
    package var epochs: Int
    package var bestEpoch: Int
    /// On the pairs that chose the best epoch, which flatters it.
    package var validationError: Double
    /// On the pairs held out.
    package var testError: Double
    /// On the same: the mean of the drug over the pairs that train, and the mean of all of these.
    package var drugMeanError: Double
    package var meanError: Double
    package var seconds: Double
  }

  private let model: PerturbationModel
  private let settings: ResponseTuningSettings
  private let inputs: PerturbationSettings
  private let output: String
  private let lanes: Int
  private let progress: (any RunProgress)?
  private let logger: Logger

  /// `inputs`: how expression and molecules are taken; `output`: the model's file, beside which the state of an
  /// unfinished training lies.
  package init(
    _ model: PerturbationModel, _ settings: ResponseTuningSettings, inputs: PerturbationSettings, output: String,
    lanes: Int = 2, progress: (any RunProgress)? = nil, logger: Logger
  ) {
    (self.model, self.settings, self.inputs, self.output) = (model, settings, inputs, output)
    (self.lanes, self.progress, self.logger) = (lanes, progress, logger)
  }

  private var stateFile: TrainingStateFile { TrainingStateFile(of: output) }

  /// Tunes, from where an unfinished tuning of the same data and settings left off unless `restarts`.
  ///
  /// Throws a `Problem` for what is wrong with the store, and `CancellationError` with the state kept.
  package func run(on path: String, drugs: DrugList?, restarts: Bool = false) throws -> Report {
    let start = ContinuousClock.now
    progress?.begin("reading \(path)")
    let cohort = try PerturbationCohort(CohortStore(path), layer: inputs.layer, takesAnyUnit: inputs.takesAnyUnit)
    let graphs = try DrugGraphs(
      of: try drugs?.drugs ?? DrugList(of: cohort.store).drugs, rule: inputs.rule, settings: inputs.molecules,
      threads: 2)
    let examples = try ResponseExamples(
      cohort, model, drugs: graphs.members.map { ($0.drug.name, MoleculeNodes($0.graph)) },
      condition: inputs.condition)
    progress?.begin("encoding drugs")
    var tuning = try ResponseTuning(model, examples, settings: settings, lanes: Lanes(lanes))
    try EpochLoop(stage: "tuning", stateFile: stateFile, progress: progress, logger: logger)
      .run(&tuning, restarts: restarts)
    try tuning.fill(from: SafetensorsFile(tensors: tuning.best))
    let tuned = try write(tuning)
    try stateFile.remove()
    let (split, trivial) = (tuning.split, tuning.trivialErrors(of: tuning.split.test))
    return Report(
      output: output, base: model.fingerprint, baseKind: model.kind.rawValue, model: tuned.fingerprint,
      weights: settings.weights.rawValue, holdOut: settings.holdOut.rawValue,
      samples: Set(examples.pairs.map(\.sample)).count, drugs: Set(examples.pairs.map(\.drug)).count,
      skippedDrugs: Dictionary(graphs.skipped.map { ($0.drug.name, $0.error.cause) }) { first, _ in first },
      trainingPairs: split.training.count, validationPairs: split.validation.count, testPairs: split.test.count,
      epochs: tuning.curve.count, bestEpoch: (tuning.stopping.best?.epoch ?? 0) + 1,
      validationError: tuning.stopping.best?.loss ?? .infinity, testError: tuning.error(of: split.test),
      drugMeanError: trivial.drugMean, meanError: trivial.mean, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func write(_ tuning: ResponseTuning) throws -> PerturbationModel {
    var tensors = tuning.tensors
    tensors["\(ResponseHead.prefix)mean"] = Safetensor(shape: [], values: .doubles([tuning.baseline.mean]))
    tensors["\(ResponseHead.prefix)deviation"] = Safetensor(shape: [], values: .doubles([tuning.baseline.deviation]))
    let notes = [
      "settings": try TrainingState.json(settings), "curve": try TrainingState.json(tuning.curve),
      "what": "a perturbation model (\(model.kind.rawValue)) whose head therapi tuned to ln IC50, its weights "
        + settings.weights.rawValue, "base": model.fingerprint, "base_kind": model.kind.rawValue,
      "key": try tuning.key, "tool_version": ToolVersion.current,
    ]
    let tuned = PerturbationModel(
      .tuned, tensors: tensors, shape: model.shape, genes: model.genes, links: model.links, notes: notes)
    try tuned.write(to: output)
    return tuned
  }
}
