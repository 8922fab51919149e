import Embedding
import Formats

// A training that can be kept and taken up again.
extension PredictorTraining {
  /// The state after the epochs that are done; `key` is that of the run's data and settings.
  func state(key: String) throws -> SafetensorsFile {
    var state = TrainingState(key: stateKey(key))
    state.keep(predictor.tensors)
    try state.keep(adam, curve: curve, random: random, stopping: stopping, best: best)
    return state.file
  }

  /// Goes on from a state; throws `PredictionError` `.checkpoint` for one of another run or fold.
  func resume(from file: SafetensorsFile, key: String) throws {
    let state: TrainingState
    do { state = try TrainingState(file, key: stateKey(key)) } catch let error as EmbeddingError {
      throw PredictionError(.checkpoint, at: error.place, error.cause, remedy: error.remedy)
    }
    try predictor.fill(from: file)
    try state.restore(&adam, curve: &curve, random: &random, stopping: &stopping, best: &best)
  }

  private func stateKey(_ run: String) -> String { "\(run) fold \(fold)" }
}
