import Files
import Formats

// A training that is not finished, as a file to go on from.
extension MaskedTraining {
  private enum Name {
    static let losses = "losses"
    static let random = "random"
  }

  /// What tells two trainings apart: SHA-256 of the settings, the sizes and every token.
  private var key: String {
    get throws {
      var sum = SHA256()
      for text in [try TrainingState.json(settings), "\(encoder.configuration)"] {
        Array(text.utf8).withUnsafeBytes { sum.update($0) }
      }
      for sequence in trained + heldOut.map({ $0.tokens + $0.places + $0.labels }) {
        ([sequence.count] + sequence).withUnsafeBytes { sum.update($0) }
      }
      return sum.hex()
    }
  }

  /// The state after the epochs that are done.
  func state() throws -> SafetensorsFile {
    var state = TrainingState(key: try key)
    state.keep(encoder.parameters.tensors)
    try state.keep(adam)
    try state.keep(Name.random, random)
    try state.keep(Name.losses, losses)
    return state.file
  }

  /// Goes on from a state; throws `EmbeddingError` `.checkpoint` for one of other samples or settings.
  mutating func resume(from file: SafetensorsFile) throws {
    let state = try TrainingState(file, key: key)
    try encoder.parameters.fill(from: file)
    try state.fill(&adam)
    random = try state.value(Name.random)
    losses = try state.value(Name.losses)
  }
}
