import Formats

/// The weights of a BERT encoder under one set of names, whatever file they come from.
package struct EncoderWeights: Sendable {
  package let configuration: EncoderConfiguration
  /// By the names of transformers' `BertForMaskedLM`.
  package let tensors: [String: Safetensor]

  package init(_ configuration: EncoderConfiguration, tensors: [String: Safetensor]) {
    (self.configuration, self.tensors) = (configuration, tensors)
  }

  /// Reads `.safetensors` or a PyTorch file, of `BertForMaskedLM` or of `BertModel` alone; throws `FormatError` or
  /// `.model`.
  package init(reading path: String, _ configuration: EncoderConfiguration) throws {
    let file = try WeightFile(path)
    let isBare = file.contains("embeddings.word_embeddings.weight")
    var tensors: [String: Safetensor] = [:]
    for (name, shape) in Self.shapes(configuration) {
      let own = isBare ? String(name.dropFirst(Self.prefix.count)) : name
      tensors[name] = Safetensor(shape: shape, try file.floats(Self.spelling(own, in: file), shape: shape))
    }
    if !isBare, file.contains("cls.predictions.bias") {
      for (name, shape) in Self.headShapes(configuration) {
        tensors[name] = Safetensor(shape: shape, try file.floats(Self.spelling(name, in: file), shape: shape))
      }
      let decoder = "cls.predictions.decoder.weight"
      if configuration.tiesEmbeddings == false, file.contains(decoder) {
        let shape = [configuration.vocabularySize, configuration.hiddenSize]
        tensors[decoder] = Safetensor(shape: shape, try file.floats(decoder, shape: shape))
      }
    }
    self.init(configuration, tensors: tensors)
  }

  static let prefix = "bert."

  /// SHA-256 of the encoder's tensors, the same for both formats and whether or not the head is there.
  package var fingerprint: String {
    SafetensorsFile(tensors: tensors.filter { $0.key.hasPrefix(Self.prefix) }).fingerprint
  }

  /// Whether masked tokens can be predicted.
  package var hasHead: Bool { tensors["cls.predictions.bias"] != nil }

  /// Old checkpoints call the scale and the shift of a LayerNorm gamma and beta.
  private static func spelling(_ name: String, in file: WeightFile) -> String {
    guard name.contains("LayerNorm"), !file.contains(name) else { return name }
    let old = name.hasSuffix(".weight") ? name.dropLast(6) + "gamma" : name.dropLast(4) + "beta"
    return file.contains(String(old)) ? String(old) : name
  }

  /// The tensors of the encoder with their shapes.
  package static func shapes(_ configuration: EncoderConfiguration) -> [(name: String, shape: [Int])] {
    let (hidden, inner) = (configuration.hiddenSize, configuration.intermediateSize)
    var shapes: [(String, [Int])] = [
      ("bert.embeddings.word_embeddings.weight", [configuration.vocabularySize, hidden]),
      ("bert.embeddings.position_embeddings.weight", [configuration.positions, hidden]),
      ("bert.embeddings.token_type_embeddings.weight", [configuration.types, hidden]),
      ("bert.embeddings.LayerNorm.weight", [hidden]), ("bert.embeddings.LayerNorm.bias", [hidden]),
    ]
    for layer in 0..<configuration.layers {
      let name = "bert.encoder.layer.\(layer)"
      let linears = [
        ("attention.self.query", hidden, hidden), ("attention.self.key", hidden, hidden),
        ("attention.self.value", hidden, hidden), ("attention.output.dense", hidden, hidden),
        ("intermediate.dense", inner, hidden), ("output.dense", hidden, inner),
      ]
      for (part, outputs, inputs) in linears {
        shapes += [("\(name).\(part).weight", [outputs, inputs]), ("\(name).\(part).bias", [outputs])]
      }
      for part in ["attention.output.LayerNorm", "output.LayerNorm"] {
        shapes += [("\(name).\(part).weight", [hidden]), ("\(name).\(part).bias", [hidden])]
      }
    }
    return shapes
  }

  /// The tensors that predict masked tokens, with their shapes.
  package static func headShapes(_ configuration: EncoderConfiguration) -> [(name: String, shape: [Int])] {
    let (hidden, transform) = (configuration.hiddenSize, "cls.predictions.transform")
    return [
      ("\(transform).dense.weight", [hidden, hidden]), ("\(transform).dense.bias", [hidden]),
      ("\(transform).LayerNorm.weight", [hidden]), ("\(transform).LayerNorm.bias", [hidden]),
      ("cls.predictions.bias", [configuration.vocabularySize]),
    ]
  }
}
