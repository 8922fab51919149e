import Files
import Formats

// A tuning that can be kept and taken up again.
extension ResponseTuning: EpochTraining {
  private enum Name {
    static let curve = "curve"
    static let random = "random"
    static let stopping = "stopping"
    static let best = "best."
  }

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
    state.keep(best, prefix: Name.best)
    try state.keep(adam)
    try state.keep(Name.curve, curve)
    try state.keep(Name.random, random)
    try state.keep(Name.stopping, stopping)
    return state.file
  }

  /// Goes on from a state; throws `EmbeddingError` `.checkpoint` for one of other examples or settings.
  func resume(from file: SafetensorsFile) throws {
    let state = try TrainingState(file, key: key)
    try fill(from: file)
    try state.fill(&adam)
    best = state.tensors(prefix: Name.best)
    curve = try state.value(Name.curve)
    random = try state.value(Name.random)
    stopping = try state.value(Name.stopping)
  }
}
