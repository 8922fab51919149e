import Cohorts
import Files
import Foundation
import Problems

/// The models that therapi can use and does not ship: what each is, where its files are looked for, and how a user gets
/// them.
package struct ModelCatalog: Sendable, Encodable {
  package struct File: Sendable, Encodable {
    package var path: String
    package var bytes: Int
    package var sha256: String
  }

  package struct Model: Sendable, Encodable {
    package var name: String
    package var purpose: String
    package var command: String
    /// Where its files are looked for.
    package var folder: String
    package var isInstalled: Bool
    /// What is missing, by the names that files may have.
    package var missing: [String]
    package var files: [File]
    package var source: String
    package var licence: String
  }

  package let folder: String
  package let models: [Model]

  private struct Entry {
    let name: String
    let purpose: String
    let command: String
    /// Each a list of names of which one must be there; a star stands for anything.
    let files: [[String]]
    let source: String
    let licence: String
  }

  private static let dictionaries = [
    ["token_dictionary*.pkl", "token_dictionary*.pkl.gz"],
    ["gene_median_dictionary*.pkl", "gene_median_dictionary*.pkl.gz"],
  ]
  private static let encoder = [["config.json"], ["model.safetensors", "pytorch_model.bin"]]
  private static let geneformer =
    "the Geneformer repository on Hugging Face (ctheodoris/Geneformer): the model's folder, and the dictionaries of its "
    + "folder geneformer"

  private static let entries = [
    Entry(
      name: "geneformer-v1-10m", purpose: "rank model of THERAPI: 6 layers x 256, sequences of 2048 (V1)",
      command: "therapi embed rank", files: encoder + dictionaries,
      source: "\(geneformer) of the 30M corpus (*_gc30M.pkl)", licence: "Apache-2.0"),
    Entry(
      name: "geneformer-v2-104m", purpose: "rank model: 12 layers x 768, sequences of 4096 (V2)",
      command: "therapi embed rank", files: encoder + dictionaries,
      source: "\(geneformer) of the 104M corpus (*_gc104M.pkl)", licence: "Apache-2.0"),
    Entry(
      name: "geneformer-v2-316m", purpose: "rank model: 18 layers x 1152, sequences of 4096 (V2)",
      command: "therapi embed rank", files: encoder + dictionaries,
      source: "\(geneformer) of the 104M corpus (*_gc104M.pkl)", licence: "Apache-2.0"),
    Entry(
      name: "csg2a", purpose: "perturbation model of THERAPI: expression after a drug, from expression and SMILES",
      command: "therapi embed perturbation", files: [["*.pt", "*.pth"]],
      source: "the CSG2A repository on GitHub (Bang et al. 2024): its pretrained checkpoint, and its STRING links",
      licence: "code GPL-3.0, weights CC BY-NC-SA 4.0"),
  ]

  /// Looks for the models' files below `folder`, each model's in a folder of its name, and sums those that are there.
  ///
  /// Throws where a file cannot be read.
  package init(in folder: String) throws {
    self.folder = folder
    models = try Self.entries.map { try Self.model($0, in: "\(folder)/\($0.name)") }
  }

  /// The folder where models are looked for: the option, then `THERAPI_MODELS`, then the user's.
  package static func folder(option: String?, environment: [String: String]) -> String {
    if let option { return option }
    if let named = environment["THERAPI_MODELS"], !named.isEmpty { return named }
    return "\(environment["HOME"] ?? NSHomeDirectory())/.local/share/therapi/models"
  }

  private static func model(_ entry: Entry, in folder: String) throws -> Model {
    let names = FileManager.default.fileExists(atPath: folder) ? try Self.names(in: folder) : []
    var (missing, files): ([String], [File]) = ([], [])
    for patterns in entry.files {
      let found = names.filter { name in patterns.contains { Self.matches(name, $0) } }
      if found.isEmpty { missing.append(patterns.joined(separator: " or ")) }
      for name in found {
        let path = "\(folder)/\(name)"
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        files.append(File(path: path, bytes: size, sha256: try SHA256.hex(ofFile: path)))
      }
    }
    return Model(
      name: entry.name, purpose: entry.purpose, command: entry.command, folder: folder, isInstalled: missing.isEmpty,
      missing: missing, files: files, source: entry.source, licence: entry.licence)
  }

  private static func names(in folder: String) throws -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
      throw EmbeddingError(.modelFiles, at: Place(folder), "is no folder that can be read")
    }
  }

  /// Whether a name is that of a pattern with one star at most.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return name == pattern }
    return name.count >= pattern.count - 1 && name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
  }
}
