import Formats
import Networks
import Problems
import Randomness

// A training that is not finished, as a file to go on from: all that the next step depends on.
extension AlignerTraining {
  private enum Name {
    static let steps = "adam.steps"
    static let random = "random.state"
    static let done = "epoch.done"
    static let sums = "epoch.sums"
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

  /// The state after the steps that are done.
  func state(header: AlignerHeader) throws -> SafetensorsFile {
    var tensors = parameters
    for (index, parameter) in adam.parameters.enumerated() {
      let shape = parameter.value.shape
      tensors[Name.first(parameter)] = Safetensor(shape: shape, adam.first[index].values)
      tensors[Name.second(parameter)] = Safetensor(shape: shape, adam.second[index].values)
    }
    tensors[Name.steps] = Safetensor(shape: [1], values: .integers([Int64(adam.steps)]))
    // The order of an epoch under way is drawn again from the numbers that it was drawn from.
    let words = (0..<4).map { Int64(bitPattern: (pass?.random ?? random).state[$0]) }
    tensors[Name.random] = Safetensor(shape: [4], values: .integers(words))
    tensors[Name.done] = Safetensor(shape: [1], values: .integers([Int64(pass?.done ?? 0)]))
    let sums = [pass?.total ?? 0] + AlignerTerm.allCases.map { pass?.sums[$0] ?? .nan }
    tensors[Name.sums] = Safetensor(shape: [sums.count], values: .doubles(sums))
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
    let words = try file.integers(Name.random, count: 4).map { UInt64(bitPattern: $0) }
    let steps = try file.integers(Name.steps, count: 1)[0]
    let done = Int(try file.integers(Name.done, count: 1)[0])
    let sums = try file.doubles(Name.sums, count: 1 + AlignerTerm.allCases.count)
    guard words.contains(where: { $0 != 0 }), steps >= 0, (0..<data.target.tissues.count).contains(done),
      done % settings.batchSize == 0
    else {
      throw AlignmentError(
        .checkpoint, at: Place(file.path ?? "checkpoint"), "is no state of this training",
        remedy: "begin anew with --restart")
    }
    adam.steps = Int(steps)
    random = SeededRandom(state: SIMD4(words[0], words[1], words[2], words[3]))
    self.curve = curve
    let terms = zip(AlignerTerm.allCases, sums.dropFirst()).filter { !$1.isNaN }
    resume(done: done, sums: Dictionary(uniqueKeysWithValues: terms), total: sums[0])
  }
}
