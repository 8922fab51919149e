import Files
import Formats

// A tuning that can be kept and taken up again.
extension ResponseTuning: EpochTraining {
  var mostEpochs: Int { settings.epochs }

  var epochs: Int { curve.count }

  var outcome: String { curve.last.map { "error \(Float($0.training)), validation \(Float($0.validation))" } ?? "" }

  /// What tells two tunings apart: SHA-256 of the settings, the model and every number that trains.
  var key: String {
    get throws { SHA256.hex(of: "\(try TrainingState.json(settings))\n\(base)\n\(examples.fingerprint)".utf8) }
  }

  /// The state after the epochs that are done.
  func state() throws -> SafetensorsFile {
    var state = TrainingState(key: try key)
    state.keep(tensors)
    try state.keep(adam, curve: curve, random: random, stopping: stopping, best: best)
    return state.file
  }

  /// Goes on from a state; throws `EmbeddingError` `.checkpoint` for one of other examples or settings.
  func resume(from file: SafetensorsFile) throws {
    let state = try TrainingState(file, key: key)
    try fill(from: file)
    try state.restore(&adam, curve: &curve, random: &random, stopping: &stopping, best: &best)
  }
}
