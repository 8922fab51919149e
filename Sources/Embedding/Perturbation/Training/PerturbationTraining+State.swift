import Files
import Formats
import Foundation
import Networks
import Problems

// A training that is not finished, as a file to go on from: all that the next epoch depends on.
extension PerturbationTraining {
  private enum Name {
    static let key = "key"
    static let curve = "curve"
    static let random = "random"
    static let stopping = "stopping"
    static let steps = "adam_steps"
    static func first(_ parameter: Parameter) -> String { "adam.first.\(parameter.name)" }
    static func second(_ parameter: Parameter) -> String { "adam.second.\(parameter.name)" }
    static func best(_ tensor: String) -> String { "best.\(tensor)" }
  }

  /// What tells two trainings apart: SHA-256 of the settings, the links and every number that trains.
  package var key: String {
    get throws { SHA256.hex(of: "\(try Self.json(settings))\n\(linkCounts)\n\(examples.fingerprint)".utf8) }
  }

  /// The state after the epochs that are done.
  func state() throws -> SafetensorsFile {
    var tensors = network.tensors
    for (index, parameter) in adam.parameters.enumerated() {
      let shape = parameter.value.shape
      tensors[Name.first(parameter)] = Safetensor(shape: shape, adam.first[index].values)
      tensors[Name.second(parameter)] = Safetensor(shape: shape, adam.second[index].values)
    }
    for (name, tensor) in best { tensors[Name.best(name)] = tensor }
    return SafetensorsFile(
      metadata: [
        Name.key: try key, Name.curve: try Self.json(curve), Name.random: try Self.json(random),
        Name.stopping: try Self.json(stopping), Name.steps: "\(adam.steps)",
      ], tensors: tensors)
  }

  /// Goes on from a state; throws `EmbeddingError` `.checkpoint` for one of other examples or settings.
  func resume(from file: SafetensorsFile) throws {
    guard file.metadata[Name.key] == (try key) else {
      throw EmbeddingError(
        .checkpoint, at: file.path.map { Place($0) }, "holds an unfinished training of other data or settings",
        remedy: "finish it with those, give another output, or add --restart to begin anew")
    }
    try network.fill(from: file)
    for (index, parameter) in adam.parameters.enumerated() {
      let shape = parameter.value.shape
      adam.first[index].fill(try file.floats(Name.first(parameter), shape: shape))
      adam.second[index].fill(try file.floats(Name.second(parameter), shape: shape))
    }
    let prefix = Name.best("")
    for (name, tensor) in file.tensors where name.hasPrefix(prefix) {
      best[String(name.dropFirst(prefix.count))] = tensor
    }
    curve = try Self.value(Name.curve, of: file)
    random = try Self.value(Name.random, of: file)
    stopping = try Self.value(Name.stopping, of: file)
    adam.steps = try Self.value(Name.steps, of: file)
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func value<Value: Decodable>(_ name: String, of file: SafetensorsFile) throws -> Value {
    do { return try JSONDecoder().decode(Value.self, from: Data((file.metadata[name] ?? "").utf8)) } catch {
      throw EmbeddingError(
        .checkpoint, at: Place(file.path ?? "checkpoint", field: name), "is no state of a training",
        remedy: "start again with --restart")
    }
  }
}
