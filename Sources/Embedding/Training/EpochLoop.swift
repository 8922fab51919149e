import Logging
import Problems
import Runs

/// Takes a training to its end, keeps its state beside what it will write, and goes on from there.
struct EpochLoop {
  /// What the training is called in progress.
  let stage: String
  let stateFile: TrainingStateFile
  let progress: (any RunProgress)?
  let logger: Logger

  /// State is kept after so many seconds of training.
  private static let interval = 20.0

  /// Trains, from the state that is there unless `restarts`; the state stays until its caller has written the result.
  ///
  /// Throws what the training throws, and `CancellationError` with the state kept.
  func run(_ training: inout some EpochTraining, restarts: Bool) throws {
    if restarts { try stateFile.remove() } else { try resume(&training) }
    var last = ContinuousClock.now
    while !training.isFinished {
      try training.runEpoch()
      progress?.advance(
        RunStep(
          stage, done: training.epochs, total: training.mostEpochs, unit: .things("epochs"), detail: training.outcome))
      let isCancelled = Task.isCancelled
      if isCancelled || (ContinuousClock.now - last) / .seconds(1) > Self.interval {
        try stateFile.write(training.state())
        last = ContinuousClock.now
      }
      if isCancelled { throw CancellationError() }
    }
  }

  private func resume(_ training: inout some EpochTraining) throws {
    guard let state = try stateFile.read() else { return }
    try training.resume(from: state)
    logger.notice("going on after epoch \(training.epochs)", metadata: ["state": "\(stateFile.path)"])
  }
}
