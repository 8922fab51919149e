import Formats
import Problems

/// The tensors of a checkpoint, whichever of the two formats it is in.
struct WeightFile {
  private enum Content {
    case safetensors(SafetensorsFile)
    case torch(PickleDictionary)
  }

  let path: String
  private let content: Content

  /// Reads `.safetensors` or a PyTorch file; throws `FormatError`, and `.model` where the file holds no tensors by name.
  init(_ path: String) throws {
    self.path = path
    if path.hasSuffix(".safetensors") {
      content = .safetensors(try SafetensorsFile(reading: path))
      return
    }
    guard let names = try PickleFile.read(path: path).dictionary else {
      throw EmbeddingError(
        .model, at: Place(path), "holds no tensors by name", remedy: "take a file of weights (a state dict)")
    }
    content = .torch(names)
  }

  func contains(_ name: String) -> Bool {
    switch content {
    case .safetensors(let file): file.tensors[name] != nil
    case .torch(let names): names[name]?.tensor != nil
    }
  }

  /// The numbers of a tensor, row after row; `.model` where it is missing or of another shape than the configuration
  /// says.
  func floats(_ name: String, shape: [Int]) throws -> [Float] {
    let found: (shape: [Int], values: () -> [Float]?)
    switch content {
    case .safetensors(let file):
      guard let tensor = file.tensors[name] else { throw missing(name) }
      found = (tensor.shape, { if case .floats(let values) = tensor.values { values } else { nil } })
    case .torch(let names):
      guard let tensor = names[name]?.tensor else { throw missing(name) }
      found = (tensor.shape, { tensor.floats() })
    }
    guard found.shape == shape else {
      throw EmbeddingError(
        .model, at: Place(path, field: name), "is of shape \(found.shape); by config.json it is \(shape)",
        remedy: "take config.json and weights of one model")
    }
    guard let values = found.values() else {
      throw EmbeddingError(.model, at: Place(path, field: name), "does not hold floats")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw EmbeddingError(
        .model, at: Place(path, field: name), "has numbers that are not finite", remedy: "download the file anew")
    }
    return values
  }

  private func missing(_ name: String) -> EmbeddingError {
    EmbeddingError(
      .model, at: Place(path, field: name), "the checkpoint has no such tensor",
      remedy: "take the weights of a BERT encoder with as many layers as config.json says")
  }
}
