import Foundation
import TestSupport
import Testing

@testable import Embedding
@testable import Formats

@Suite("Models that cannot be read")
struct BadModelTests {
  let folder: TemporaryFolder

  /// The golden model with dictionaries for it.
  init() throws {
    folder = try TemporaryFolder()
    for name in ["config.json", "model.safetensors", "pytorch_model.bin"] {
      try FileManager.default.copyItem(atPath: "\(Golden().folder)/\(name)", toPath: folder.file(name))
    }
    try write(
      "token_dictionary.pkl", PickleWriter.dictionary([("<pad>", 0), ("<mask>", 1), ("ENSG1", 2)] as [(String, Int32)]))
    try write("gene_median_dictionary.pkl", PickleWriter.dictionary([("ENSG1", 1.5)]))
  }

  private func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
  }

  private func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: folder.file(name)) }

  private func complaint() -> String {
    do {
      _ = try RankModel(reading: folder.path)
      return ""
    } catch { return "\(error)" }
  }

  private func configure(_ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: folder.file("config.json"), encoding: .utf8)
    #expect(text.contains(old))
    try write("config.json", Array(text.replacingOccurrences(of: old, with: new).utf8))
  }

  @Test("a whole folder is read, from either weight file, to one fingerprint")
  func whole() throws {
    let first = try RankModel(reading: folder.path)
    try remove("model.safetensors")
    #expect(try RankModel(reading: folder.path).fingerprint == first.fingerprint)
    #expect(first.vocabulary.tokens["ENSG1"] == 2 && first.vocabulary.medians["ENSG1"] == 1.5)
  }

  @Test(
    "files that are missing are named, with where to get them",
    arguments: [
      "config.json", "token_dictionary.pkl", "gene_median_dictionary.pkl",
    ])
  func missing(name: String) throws {
    try remove(name)
    let told = complaint()
    #expect(told.contains("holds no \(name.prefix(12))") && told.contains("Geneformer repository on Hugging Face"))
  }

  @Test("weights that are missing, and a folder that is not there")
  func missingWeights() throws {
    try remove("model.safetensors")
    try remove("pytorch_model.bin")
    #expect(complaint().contains("holds no model.safetensors and no pytorch_model.bin"))
    #expect(throws: EmbeddingError.self) { try RankModel(reading: folder.file("none")) }
  }

  @Test("two dictionaries of one kind")
  func ambiguous() throws {
    try write("token_dictionary_gc104M.pkl", PickleWriter.dictionary([("<pad>", Int32(0))]))
    #expect(complaint().contains("which is the model's?"))
  }

  @Test(
    "sizes that the weights have not",
    arguments: [
      ("\"hidden_size\": 32", "\"hidden_size\": 64", "by config.json it is"),
      ("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4", "no such tensor"),
      ("\"num_attention_heads\": 4", "\"num_attention_heads\": 5", "does not divide"),
      ("\"hidden_act\": \"relu\"", "\"hidden_act\": \"silu\"", "hidden_act: cannot be read"),
      ("\"model_type\": \"bert\"", "\"model_type\": \"gpt2\"", "not 'bert'"),
      ("\"num_hidden_layers\": 3,", "", "num_hidden_layers: cannot be read: it is missing"),
      ("\"vocab_size\": 60", "\"vocab_size\": 2", "has tokens up to 2"),
      ("{", "", "is no JSON"),
    ])
  func sizes(old: String, new: String, told: String) throws {
    try configure(old, new)
    #expect(complaint().contains(told))
  }

  @Test("damaged and foreign dictionaries")
  func dictionaries() throws {
    let good = PickleWriter.dictionary([("<pad>", 0), ("<mask>", 1), ("ENSG1", 2)] as [(String, Int32)])
    for length in [0, 3, 10, good.count - 1] {
      try write("token_dictionary.pkl", Array(good.prefix(length)))
      #expect(!complaint().isEmpty)
    }
    try write("token_dictionary.pkl", PickleWriter.dictionary([("ENSG1", Int32(2))]))
    #expect(complaint().contains("has no <pad>"))
    try write("token_dictionary.pkl", PickleWriter.dictionary([("<pad>", 0.5)]))
    #expect(complaint().contains("is not a whole number"))
    try write(
      "token_dictionary.pkl",
      PickleWriter.dictionary([("<pad>", 0), ("<mask>", 1), ("ENSG1", 1)] as [(String, Int32)]))
    #expect(complaint().contains("token too"))
    try write("token_dictionary.pkl", good)
    try write("gene_median_dictionary.pkl", PickleWriter.dictionary([("ENSG1", 0.0)]))
    #expect(complaint().contains("above 0"))
  }
}
