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

  /// Training goes on for so many times as long as it took to keep the state, before it is kept again.
  private static let patience = 100.0

  /// Path of the state.
  var statePath: String { path + ".training" }

  /// Trains from where a session of the same data and settings left off, or from the beginning.
  ///
  /// The state is written at once, so that a folder that cannot be written is found before the work. Throws
  /// `CancellationError`, with the state kept, where the task is cancelled; `.checkpoint` where the state is that of
  /// another training, unless `restarts`; `.diverged`, without a state, as training again would.
  func run(_ training: AlignerTraining, header: AlignerHeader, restarts: Bool) throws -> AlignerHeader {
    var header = header
    if !restarts { try resume(training, header) }
    var (pause, last) = (try keep(training, &header), ContinuousClock.now)
    report(training)
    do {
      while !training.isFinished {
        try training.runStep()
        if training.pass == nil { report(training) }
        if Task.isCancelled {
          try keep(training, &header)
          logger.warning(
            "stopped in epoch \(min(training.epochs + 1, training.settings.epochs)); the same command goes on from \(statePath)"
          )
          throw CancellationError()
        }
        if ContinuousClock.now - last > pause { (pause, last) = (try keep(training, &header), ContinuousClock.now) }
      }
      try training.checkOutcome()
    } catch let error as AlignmentError where error.kind == .diverged {
      try removeState()
      throw error
    }
    header.curve = training.curve
    return header
  }

  /// Writes the state; returns for how long it may then rest, so that a hundredth of the time goes into it.
  @discardableResult
  private func keep(_ training: AlignerTraining, _ header: inout AlignerHeader) throws -> Duration {
    let start = ContinuousClock.now
    header.curve = training.curve
    try training.state(header: header).write(to: statePath)
    return (ContinuousClock.now - start) * Self.patience
  }

  private func resume(_ training: AlignerTraining, _ header: AlignerHeader) throws {
    guard let (file, kept) = try state() else { return }
    guard kept.key == header.key else {
      throw AlignmentError(
        .checkpoint, at: Place(statePath), "holds an unfinished training of other data or settings",
        remedy: "finish it with those, give another --output, or add --restart to begin anew")
    }
    try training.resume(from: file, curve: kept.curve)
    logger.notice("going on after epoch \(training.epochs)", metadata: ["state": "\(statePath)"])
  }

  /// The state that was kept; nil if there is none.
  private func state() throws -> (file: SafetensorsFile, header: AlignerHeader)? {
    guard FileManager.default.fileExists(atPath: statePath) else { return nil }
    do {
      let file = try SafetensorsFile(reading: statePath)
      return (file, try AlignerHeader(file))
    } catch let problem as any Problem {
      throw AlignmentError(
        .checkpoint, at: problem.place ?? Place(statePath), problem.cause,
        remedy: "add --restart to begin anew, or move the file away")
    }
  }

  private func report(_ training: AlignerTraining) {
    progress?.advance(
      RunStep(
        "training", done: training.epochs, total: training.settings.epochs, unit: .things("epochs"),
        detail: training.curve.epochs.last?.text ?? ""))
  }

  /// Takes the state away if it is that of a training that is finished; one of another training stays.
  func removeState(of key: String) throws {
    if try state()?.header.key == key { try removeState() }
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
