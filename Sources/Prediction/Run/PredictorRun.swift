import Files
import Foundation
import Logging
import Matrices
import Networks
import Problems
import Runs

/// Trains the predictors of all folds into a folder, and goes on where a run of the same data and settings was stopped.
package struct PredictorRun {
  /// What it came to.
  package struct Report: Sendable, Encodable {
    package var output: String
    package var run: RunRecord
    /// Whether the folder held the whole run already.
    package var isUnchanged: Bool
    package var seconds: Double
  }

  package let preset: PredictorPreset
  package let settings: PredictorSettings
  package let folder: RunFolder
  private let lanes: Lanes
  private let progress: (any RunProgress)?
  private let logger: Logger

  package init(
    _ preset: PredictorPreset, _ settings: PredictorSettings, output: String, lanes: Int = 2,
    progress: (any RunProgress)? = nil, logger: Logger
  ) {
    (self.preset, self.settings, folder, self.lanes) = (preset, settings, RunFolder(output), Lanes(lanes))
    (self.progress, self.logger) = (progress, logger)
  }

  /// Trains what is not there yet: a run that was killed loses an epoch at most, and ends in the same bits.
  ///
  /// Throws a `Problem` for what is wrong with folds, folder or files, and `CancellationError`. A folder with the
  /// predictors of other data or settings is left as it is, unless `restarts`.
  package func run(_ source: PredictorSource, restarts: Bool = false) throws -> Report {
    let start = ContinuousClock.now
    let plan = try FoldPlan(source.data.pairs, rule: settings.split, folds: settings.folds, seed: settings.seed)
    try checkParts(plan)
    let key = try key(of: source)
    try folder.create()
    let held = try HeldFile(folder.file(RunFolder.record))
    if restarts { try folder.clear() }
    try checkFolder(key)
    let isUnchanged = try isWhole(key)
    for fold in 0..<plan.folds {
      if folder.contains(folder.predictor(fold: fold)) {
        // A kill may have come before it was taken away.
        try folder.remove(folder.state(fold: fold))
      } else {
        try train(fold, source, plan, key)
      }
    }
    let record = try finish(source, plan, key, held)
    return Report(
      output: folder.path, run: record, isUnchanged: isUnchanged, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  /// SHA-256 of all that the predictors depend on.
  private func key(of source: PredictorSource) throws -> String {
    let texts = [
      preset.rawValue, try HeaderText.json(settings), source.cohort, source.input, source.geneOrder,
      source.rankModel ?? "", source.perturbationModel, source.data.fingerprint,
    ]
    return SHA256.hex(of: texts.joined(separator: "\n").utf8)
  }

  private func checkParts(_ plan: FoldPlan) throws {
    for fold in 0..<plan.folds {
      let parts = plan.parts(of: fold)
      guard parts.training.count > 1, !parts.stopping.isEmpty, !parts.testing.isEmpty else {
        throw PredictionError(
          .folds, at: nil,
          "fold \(fold) has \(parts.training.count) pairs to train, \(parts.stopping.count) to stop by, "
            + "\(parts.testing.count) to test", remedy: "take fewer folds")
      }
    }
  }

  // MARK: The folder

  /// Throws where a predictor in the folder is of another run.
  private func checkFolder(_ key: String) throws {
    for name in try folder.predictors() where !name.hasSuffix(".training") {
      guard try PredictorFile(reading: folder.file(name)).header.key == key else {
        throw PredictionError(
          .checkpoint, at: Place(folder.file(name)), "is of other data or settings",
          remedy: "give another --output, or add --restart to begin anew")
      }
    }
  }

  /// Whether nothing is left to do.
  private func isWhole(_ key: String) throws -> Bool {
    guard folder.contains(folder.file(RunFolder.record)) else { return false }
    return try RunRecord(reading: folder).key == key
      && (0..<settings.folds).allSatisfy { folder.contains(folder.predictor(fold: $0)) }
  }

  // MARK: Training

  private func train(_ fold: Int, _ source: PredictorSource, _ plan: FoldPlan, _ key: String) throws {
    let training = PredictorTraining(
      source.data, parts: plan.parts(of: fold), fold: fold, settings: settings, lanes: lanes)
    let state = folder.state(fold: fold)
    if folder.contains(state) {
      try training.resume(from: .init(reading: state), key: key)
      logger.notice("going on after epoch \(training.curve.count) of fold \(fold)", metadata: ["state": "\(state)"])
    }
    while !training.isFinished {
      try training.runEpoch()
      try training.state(key: key).write(to: state)
      report(training)
      try Task.checkCancellation()
    }
    let header = PredictorHeader(
      preset: preset, settings: settings, shape: training.predictor.shape, fold: fold, geneOrder: source.geneOrder,
      rankModel: source.rankModel, perturbationModel: source.perturbationModel, key: key,
      bestEpoch: training.bestEpoch, curve: training.curve)
    try PredictorFile(training.best, header: header).write(to: folder.predictor(fold: fold))
    try folder.remove(state)
  }

  private func report(_ training: PredictorTraining) {
    let losses = training.curve.last.map { "loss \(Float($0.training)), validation \(Float($0.stopping))" }
    progress?.advance(
      RunStep(
        "fold \(training.fold + 1) of \(settings.folds)", done: training.curve.count, total: settings.epochs,
        unit: .things("epochs"), detail: losses ?? ""))
  }

  // MARK: What it came to

  private func finish(
    _ source: PredictorSource, _ plan: FoldPlan, _ key: String, _ held: HeldFile
  ) throws -> RunRecord {
    let pairs = source.data.pairs
    var logits = [Float](repeating: 0, count: pairs.count)
    var (folds, curves) = ([RunRecord.Fold](), [[PredictorEpoch]]())
    var shape: ResponsePredictor.Shape?
    for fold in 0..<plan.folds {
      progress?.begin("testing fold \(fold + 1)")
      let file = try PredictorFile(reading: folder.predictor(fold: fold))
      let parts = plan.parts(of: fold)
      let pool = BufferPool()
      let predictor = try file.predictor(pool: pool)
      func evaluate(_ rows: [Int]) throws -> (logits: [Float], score: PredictorScore) {
        let found = PredictorTraining.logits(predictor, source.data, rows, lanes: lanes, pool: pool)
        return (found, try PredictorScore(logits: found, labels: rows.map { pairs.labels[$0] }))
      }
      let test = try evaluate(parts.testing)
      for (row, logit) in zip(parts.testing, test.logits) { logits[row] = logit }
      folds.append(
        RunRecord.Fold(
          fold: fold, file: PredictorFile.name(fold: fold), model: file.model, trainingPairs: parts.training.count,
          trainingPositives: parts.training.count { pairs.labels[$0] > 0 },
          stoppingFold: plan.stoppingFold(of: fold), epochs: file.header.curve.count,
          bestEpoch: file.header.bestEpoch, validation: try evaluate(parts.stopping).score, test: test.score))
      curves.append(file.header.curve)
      shape = file.header.shape
    }
    guard let shape else { preconditionFailure("a run without folds") }
    let record = RunRecord(
      preset: preset, settings: settings, shape: shape, source: source, key: key, toolVersion: ToolVersion.current,
      folds: folds)
    try HeldFile(folder.file(RunFolder.splits)).commit(RunTables.splits(pairs, plan))
    try HeldFile(folder.file(RunFolder.curves)).commit(RunTables.curves(curves))
    try HeldFile(folder.file(RunFolder.predictions)).commit(RunTables.predictions(pairs, plan, logits: logits))
    try held.commit(record.text)
    return record
  }
}
