import Embedding
import Formats

// A training that can be kept and taken up again.
extension PredictorTraining {
  private enum Name {
    static let curve = "curve"
    static let random = "random"
    static let stopping = "stopping"
    static let best = "best."
  }

  /// The state after the epochs that are done; `key` is that of the run's data and settings.
  func state(key: String) throws -> SafetensorsFile {
    var state = TrainingState(key: stateKey(key))
    state.keep(predictor.tensors)
    state.keep(best, prefix: Name.best)
    try state.keep(adam)
    try state.keep(Name.curve, curve)
    try state.keep(Name.random, random)
    try state.keep(Name.stopping, stopping)
    return state.file
  }

  /// Goes on from a state; throws `PredictionError` `.checkpoint` for one of another run or fold.
  func resume(from file: SafetensorsFile, key: String) throws {
    let state: TrainingState
    do { state = try TrainingState(file, key: stateKey(key)) } catch let error as EmbeddingError {
      throw PredictionError(.checkpoint, at: error.place, error.cause, remedy: error.remedy)
    }
    try predictor.fill(from: file)
    try state.fill(&adam)
    best = state.tensors(prefix: Name.best)
    curve = try state.value(Name.curve)
    random = try state.value(Name.random)
    stopping = try state.value(Name.stopping)
  }

  private func stateKey(_ run: String) -> String { "\(run) fold \(fold)" }
}
