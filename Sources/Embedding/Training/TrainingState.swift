import Formats
import Foundation
import Networks
import Problems
import Randomness

/// A training that is not finished, as a file to go on from: all that the next epoch depends on.
package struct TrainingState {
  private enum Name {
    static let key = "key"
    static let steps = "adam_steps"
    static let curve = "curve"
    static let random = "random"
    static let stopping = "stopping"
    static let best = "best."
    static func first(_ parameter: Parameter) -> String { "adam.first.\(parameter.name)" }
    static func second(_ parameter: Parameter) -> String { "adam.second.\(parameter.name)" }
  }

  private var metadata: [String: String]
  private var tensors: [String: Safetensor] = [:]
  private var path: String?

  /// `key` tells two trainings apart.
  package init(key: String) { metadata = [Name.key: key] }

  /// Takes a file; throws `EmbeddingError` `.checkpoint` for the state of another training.
  package init(_ file: SafetensorsFile, key: String) throws {
    guard file.metadata[Name.key] == key else {
      throw EmbeddingError(
        .checkpoint, at: file.path.map { Place($0) }, "holds an unfinished training of other data or settings",
        remedy: "finish it with those, give another output, or add --restart to begin anew")
    }
    (metadata, tensors, path) = (file.metadata, file.tensors, file.path)
  }

  package var file: SafetensorsFile { SafetensorsFile(metadata: metadata, tensors: tensors) }

  // MARK: Values

  mutating func keep(_ name: String, _ value: some Encodable) throws { metadata[name] = try Self.json(value) }

  /// Throws `EmbeddingError` `.checkpoint` where there is no such value.
  func value<Value: Decodable>(_ name: String) throws -> Value {
    do { return try JSONDecoder().decode(Value.self, from: Data((metadata[name] ?? "").utf8)) } catch {
      throw EmbeddingError(
        .checkpoint, at: Place(path ?? "checkpoint", field: name), "is no state of a training",
        remedy: "start again with --restart")
    }
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  // MARK: Tensors

  /// Keeps tensors under their names behind a prefix.
  package mutating func keep(_ tensors: [String: Safetensor], prefix: String = "") {
    for (name, tensor) in tensors { self.tensors[prefix + name] = tensor }
  }

  /// The tensors that stand behind a prefix.
  func tensors(prefix: String) -> [String: Safetensor] {
    Dictionary(
      uniqueKeysWithValues: tensors.filter { $0.key.hasPrefix(prefix) }
        .map { (String($0.key.dropFirst(prefix.count)), $0.value) })
  }

  mutating func keep(_ adam: Adam) throws {
    for (index, parameter) in adam.parameters.enumerated() {
      let shape = parameter.value.shape
      tensors[Name.first(parameter)] = Safetensor(shape: shape, adam.first[index].values)
      tensors[Name.second(parameter)] = Safetensor(shape: shape, adam.second[index].values)
    }
    try keep(Name.steps, adam.steps)
  }

  func fill(_ adam: inout Adam) throws {
    let file = SafetensorsFile(tensors: tensors)
    for (index, parameter) in adam.parameters.enumerated() {
      let shape = parameter.value.shape
      adam.first[index].fill(try file.floats(Name.first(parameter), shape: shape))
      adam.second[index].fill(try file.floats(Name.second(parameter), shape: shape))
    }
    adam.steps = try value(Name.steps)
  }

  // MARK: Trainings that stop early

  /// Keeps what such a training goes on from beside its network: the optimiser, the curve, the generator, when to stop,
  /// and the tensors of the best epoch.
  package mutating func keep(
    _ adam: Adam, curve: some Encodable, random: SeededRandom, stopping: EarlyStopping, best: [String: Safetensor]
  ) throws {
    try keep(adam)
    try keep(Name.curve, curve)
    try keep(Name.random, random)
    try keep(Name.stopping, stopping)
    keep(best, prefix: Name.best)
  }

  /// Gives back what was kept; throws `EmbeddingError` `.checkpoint`, and `FormatError` for tensors of other shapes.
  package func restore(
    _ adam: inout Adam, curve: inout some Decodable, random: inout SeededRandom, stopping: inout EarlyStopping,
    best: inout [String: Safetensor]
  ) throws {
    try fill(&adam)
    curve = try value(Name.curve)
    random = try value(Name.random)
    stopping = try value(Name.stopping)
    best = tensors(prefix: Name.best)
  }
}
