import Formats
import Networks
import Problems

// A training that is not finished, as a file to go on from: all that the next epoch depends on.
extension PredictorTraining {
  private enum Name {
    static let key = "key"
    static let fold = "fold"
    static let curve = "curve"
    static let random = "random"
    static let stopping = "stopping"
    static let steps = "adam_steps"
    static func first(_ parameter: Parameter) -> String { "adam.first.\(parameter.name)" }
    static func second(_ parameter: Parameter) -> String { "adam.second.\(parameter.name)" }
    static let best = "best."
  }

  /// The state after the epochs that are done; `key` is that of the run's data and settings.
  func state(key: String) throws -> SafetensorsFile {
    var tensors = predictor.tensors
    for (index, parameter) in adam.parameters.enumerated() {
      let shape = parameter.value.shape
      tensors[Name.first(parameter)] = Safetensor(shape: shape, adam.first[index].values)
      tensors[Name.second(parameter)] = Safetensor(shape: shape, adam.second[index].values)
    }
    for (name, tensor) in best { tensors[Name.best + name] = tensor }
    return SafetensorsFile(
      metadata: [
        Name.key: key, Name.fold: "\(fold)", Name.curve: try HeaderText.json(curve),
        Name.random: try HeaderText.json(random), Name.stopping: try HeaderText.json(stopping),
        Name.steps: "\(adam.steps)",
      ], tensors: tensors)
  }

  /// Goes on from a state; throws `PredictionError` `.checkpoint` for one of another run.
  func resume(from file: SafetensorsFile, key: String) throws {
    guard file.metadata[Name.key] == key, file.metadata[Name.fold] == "\(fold)" else {
      throw PredictionError(
        .checkpoint, at: file.path.map { Place($0) }, "holds an unfinished training of other data or settings",
        remedy: "finish it with those, give another output, or add --restart to begin anew")
    }
    try predictor.fill(from: file)
    for (index, parameter) in adam.parameters.enumerated() {
      let shape = parameter.value.shape
      adam.first[index].fill(try file.floats(Name.first(parameter), shape: shape))
      adam.second[index].fill(try file.floats(Name.second(parameter), shape: shape))
    }
    for (name, tensor) in file.tensors where name.hasPrefix(Name.best) {
      best[String(name.dropFirst(Name.best.count))] = tensor
    }
    curve = try Self.value(Name.curve, of: file)
    random = try Self.value(Name.random, of: file)
    stopping = try Self.value(Name.stopping, of: file)
    adam.steps = try Self.value(Name.steps, of: file)
  }

  private static func value<Value: Decodable>(_ name: String, of file: SafetensorsFile) throws -> Value {
    guard let value: Value = HeaderText.value(file.metadata[name] ?? "") else {
      throw PredictionError(
        .checkpoint, at: Place(file.path ?? "checkpoint", field: name), "is no state of a training",
        remedy: "begin anew with --restart")
    }
    return value
  }
}
