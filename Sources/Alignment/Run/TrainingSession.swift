import Files
import Formats
import Foundation
import Logging
import Matrices
import Problems
import Runs

/// A training beside its checkpoint: it keeps its state on the disk, goes on from there, and ends in the checkpoint.
struct TrainingSession {
  /// Where the checkpoint will be; the state of an unfinished training lies beside it.
  let path: String
  let progress: (any RunProgress)?
  let logger: Logger

  /// State is kept after so many seconds of training.
  private static let interval = 20.0

  /// Path of the state.
  var statePath: String { path + ".training" }

  /// Trains from where a session of the same data and settings left off, or from the beginning.
  ///
  /// Throws `CancellationError`, with the state kept, where the task is cancelled; `.checkpoint` where the state is that
  /// of another training, unless `restarts`.
  func run(_ training: AlignerTraining, header: AlignerHeader, restarts: Bool) throws -> AlignerHeader {
    var header = header
    if restarts { try removeState() } else { try resume(training, header) }
    var last = ContinuousClock.now
    report(training)
    while !training.isFinished {
      try training.runEpoch()
      header.curve = training.curve
      report(training)
      if Task.isCancelled {
        try training.state(header: header).write(to: statePath)
        throw CancellationError()
      }
      if (ContinuousClock.now - last) / .seconds(1) > Self.interval {
        try training.state(header: header).write(to: statePath)
        last = ContinuousClock.now
      }
    }
    return header
  }

  private func resume(_ training: AlignerTraining, _ header: AlignerHeader) throws {
    guard FileManager.default.fileExists(atPath: statePath) else { return }
    let file = try SafetensorsFile(reading: statePath)
    let kept = try AlignerHeader(file)
    guard kept.key == header.key else {
      throw AlignmentError(
        .checkpoint, at: Place(statePath), "holds an unfinished training of other data or settings",
        remedy: "finish it with those, give another output, or add --restart to begin anew")
    }
    try training.resume(from: file, curve: kept.curve)
    logger.notice("going on after epoch \(training.epochs)", metadata: ["state": "\(statePath)"])
  }

  private func report(_ training: AlignerTraining) {
    progress?.advance(
      RunStep(
        "training", done: training.epochs, total: training.settings.epochs, unit: .things("epochs"),
        detail: training.curve.epochs.last?.text ?? ""))
  }

  /// Takes the state away, once the checkpoint is there.
  func removeState() throws {
    guard FileManager.default.fileExists(atPath: statePath) else { return }
    do { try FileManager.default.removeItem(atPath: statePath) } catch {
      throw AlignmentError(
        .unwritable, at: Place(statePath), "cannot remove it: \(error.localizedDescription)",
        remedy: "see that the folder may be written")
    }
  }
}

extension TrainingCurve.Epoch {
  /// The loss and its parts, both domains together, for a line of progress.
  var text: String {
    func sum(_ terms: AlignerTerm...) -> String { number(terms.compactMap { self.terms[$0] }.reduce(0, +)) }
    return "loss \(number(total)): reconstruction \(sum(.sourceReconstruction, .targetReconstruction)), tissue "
      + sum(.sourceClassLatent, .targetClassLatent, .sourceClassExpression, .targetClassExpression)
      + ", center \(sum(.sourceCenter, .targetCenter))"
  }

  /// About four digits.
  private func number(_ value: Double) -> String {
    value.magnitude < 1_000 ? "\((value * 1_000).rounded() / 1_000)" : "\(value.rounded())"
  }
}
