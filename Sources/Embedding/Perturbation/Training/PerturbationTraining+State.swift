import Files
import Formats
import Networks

// A training that can be kept and taken up again.
extension PerturbationTraining: EpochTraining {
  var mostEpochs: Int { settings.epochs }

  var epochs: Int { curve.count }

  var outcome: String { curve.last.map { "loss \(Float($0.training)), held out \(Float($0.heldOut))" } ?? "" }

  /// What tells two trainings apart: SHA-256 of the settings, the links and every number that trains.
  package var key: String {
    get throws { SHA256.hex(of: "\(try TrainingState.json(settings))\n\(linkCounts)\n\(examples.fingerprint)".utf8) }
  }

  /// The state after the epochs that are done.
  func state() throws -> SafetensorsFile {
    var state = TrainingState(key: try key)
    state.keep(network.tensors)
    try state.keep(adam, curve: curve, random: random, stopping: stopping, best: best)
    return state.file
  }

  /// Goes on from a state; throws `EmbeddingError` `.checkpoint` for one of other examples or settings.
  func resume(from file: SafetensorsFile) throws {
    let state = try TrainingState(file, key: key)
    try network.fill(from: file)
    try state.restore(&adam, curve: &curve, random: &random, stopping: &stopping, best: &best)
  }
}
