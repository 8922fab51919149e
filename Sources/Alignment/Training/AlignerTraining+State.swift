import Formats
import Networks
import Problems

// A training that is not finished, as a file to go on from: all that the next epoch depends on.
extension AlignerTraining {
  private enum Name {
    static let steps = "adam.steps"
    static let random = "random.state"
    static func first(_ parameter: Parameter) -> String { "adam.first.\(parameter.name)" }
    static func second(_ parameter: Parameter) -> String { "adam.second.\(parameter.name)" }
  }

  /// The parameters of the networks and the centers, by PyTorch's names.
  var parameters: [String: Safetensor] {
    Dictionary(
      uniqueKeysWithValues: (aligner.parameters + [aligner.centers]).map {
        ($0.name, Safetensor(shape: $0.value.shape, $0.value.values))
      })
  }

  /// Latents of the cell lines, lines x latent.
  func sourceLatents() -> Tensor {
    let tape = Tape(isRecording: false, lanes: lanes, pool: pool)
    return aligner.source(tape.constant(source.x)).latent.value
  }

  /// The state after the epochs that are done.
  func state(header: AlignerHeader) throws -> SafetensorsFile {
    var tensors = parameters
    for (index, parameter) in adam.parameters.enumerated() {
      let shape = parameter.value.shape
      tensors[Name.first(parameter)] = Safetensor(shape: shape, adam.first[index].values)
      tensors[Name.second(parameter)] = Safetensor(shape: shape, adam.second[index].values)
    }
    tensors[Name.steps] = Safetensor(shape: [1], values: .integers([Int64(adam.steps)]))
    let words = (0..<4).map { Int64(bitPattern: random.state[$0]) }
    tensors[Name.random] = Safetensor(shape: [4], values: .integers(words))
    return SafetensorsFile(metadata: try header.metadata, tensors: tensors)
  }

  /// Goes on from a state of the same data and settings.
  func resume(from file: SafetensorsFile, curve: TrainingCurve) throws {
    for parameter in aligner.parameters + [aligner.centers] { try parameter.fill(from: file, parameter.name) }
    for (index, parameter) in adam.parameters.enumerated() {
      let shape = parameter.value.shape
      adam.first[index].fill(try file.floats(Name.first(parameter), shape: shape))
      adam.second[index].fill(try file.floats(Name.second(parameter), shape: shape))
    }
    let words = try file.integers(Name.random).map { UInt64(bitPattern: $0) }
    guard let steps = try file.integers(Name.steps).first, words.count == 4, words.contains(where: { $0 != 0 }) else {
      throw AlignmentError(
        .checkpoint, at: Place(file.path ?? "checkpoint", field: Name.random), "is no state of a training",
        remedy: "start again with --restart")
    }
    adam.steps = Int(steps)
    random = SeededRandom(state: SIMD4(words[0], words[1], words[2], words[3]))
    self.curve = curve
  }
}
