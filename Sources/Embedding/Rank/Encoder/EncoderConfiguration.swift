import Formats
import Foundation
import Problems

/// The sizes of a BERT encoder, as a `config.json` of transformers has them.
package struct EncoderConfiguration: Sendable, Equatable, Codable {
  package enum Activation: String, Sendable, Codable {
    case relu
    case gelu
  }

  package var modelType = "bert"
  package var architectures: [String]? = ["BertForMaskedLM"]
  package var hiddenSize: Int
  package var layers: Int
  package var heads: Int
  package var intermediateSize: Int
  package var activation: Activation
  package var epsilon: Double
  /// Most tokens of a sequence.
  package var positions: Int
  package var vocabularySize: Int
  package var types: Int
  package var padding: Int
  package var tiesEmbeddings: Bool?
  package var positionKind: String?
  /// What this model is, where it is not Geneformer but made here.
  package var note: String?

  private enum CodingKeys: String, CodingKey {
    case modelType = "model_type"
    case architectures
    case hiddenSize = "hidden_size"
    case layers = "num_hidden_layers"
    case heads = "num_attention_heads"
    case intermediateSize = "intermediate_size"
    case activation = "hidden_act"
    case epsilon = "layer_norm_eps"
    case positions = "max_position_embeddings"
    case vocabularySize = "vocab_size"
    case types = "type_vocab_size"
    case padding = "pad_token_id"
    case tiesEmbeddings = "tie_word_embeddings"
    case positionKind = "position_embedding_type"
    case note = "therapi_note"
  }

  package init(
    hiddenSize: Int, layers: Int, heads: Int, intermediateSize: Int, activation: Activation = .relu,
    epsilon: Double = 1e-12, positions: Int, vocabularySize: Int, padding: Int = 0, note: String? = nil
  ) {
    (self.hiddenSize, self.layers, self.heads, self.intermediateSize) = (hiddenSize, layers, heads, intermediateSize)
    (self.activation, self.epsilon, self.positions, self.vocabularySize) = (
      activation, epsilon, positions, vocabularySize
    )
    (types, self.padding, self.note, tiesEmbeddings, positionKind) = (2, padding, note, true, "absolute")
  }

  /// Reads a `config.json`; `.model` where it is that of another kind of model, or lacks a key.
  package init(reading path: String) throws {
    let bytes = try InputFile(path).source().readWhole(limit: 1 << 20, at: Place(path))
    do {
      self = try JSONDecoder().decode(EncoderConfiguration.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw EmbeddingError(
        .model, at: Place(path, field: error.key), "cannot be read: \(error.cause)",
        remedy: "take the config.json that lies beside the model's weights")
    }
    try check(at: path)
  }

  private func check(at path: String) throws {
    func fault(_ key: CodingKeys, _ cause: String) -> EmbeddingError {
      EmbeddingError(
        .model, at: Place(path, field: key.rawValue), cause,
        remedy: "take the config.json of a Geneformer model, or of one that embed rank --pretrain made")
    }
    guard modelType == "bert" else { throw fault(.modelType, "is '\(modelType)', not 'bert'") }
    guard positionKind ?? "absolute" == "absolute" else { throw fault(.positionKind, "is not 'absolute'") }
    let sizes: [(CodingKeys, Int)] = [
      (.hiddenSize, hiddenSize), (.layers, layers), (.heads, heads), (.intermediateSize, intermediateSize),
      (.positions, positions), (.vocabularySize, vocabularySize), (.types, types),
    ]
    for (key, size) in sizes where !(1...10_000_000).contains(size) { throw fault(key, "is \(size)") }
    guard layers <= 1_000 else { throw fault(.layers, "is \(layers)") }
    guard hiddenSize % heads == 0 else {
      throw fault(.heads, "is \(heads), which does not divide hidden_size, \(hiddenSize)")
    }
    guard positions > 2 else { throw fault(.positions, "is \(positions)") }
    guard epsilon >= 0, epsilon < 1 else { throw fault(.epsilon, "is \(epsilon)") }
  }

  /// The file's text; equal configurations give equal texts.
  package var encoded: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
  }
}

extension DecodingError {
  /// The key that is wrong.
  fileprivate var key: String? {
    switch self {
    case .keyNotFound(let key, _): key.stringValue
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      context.codingPath.last?.stringValue
    @unknown default: nil
    }
  }

  fileprivate var cause: String {
    switch self {
    case .keyNotFound: "it is missing"
    case .typeMismatch, .valueNotFound: "it is of another type"
    case .dataCorrupted(let context): context.codingPath.isEmpty ? "the file is no JSON" : "its value is not known"
    @unknown default: "\(self)"
    }
  }
}
