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
    /// What could not be looked up, so that a user does; nil where nothing is open.
    package var unconfirmed: String?
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
    var unconfirmed: String?
  }

  private static let dictionaries = [
    ["token_dictionary*.pkl", "token_dictionary*.pkl.gz"],
    ["gene_median_dictionary*.pkl", "gene_median_dictionary*.pkl.gz"],
  ]
  private static let encoder = [["config.json"], ["model.safetensors", "pytorch_model.bin"]]
  private static func geneformer(_ model: String, dictionaries: String) -> String {
    "https://huggingface.co/ctheodoris/Geneformer: the folder \(model), and the dictionaries \(dictionaries)"
  }

  private static let entries = [
    Entry(
      name: "geneformer-v1-10m",
      purpose: "rank model of THERAPI: Geneformer-V1-10M, 6 layers x 256, 4 heads, sequences of 2048",
      command: "therapi embed rank", files: encoder + dictionaries,
      source: geneformer("Geneformer-V1-10M", dictionaries: "geneformer/gene_dictionaries_30m/*_gc30M.pkl"),
      licence: "Apache-2.0"),
    Entry(
      name: "geneformer-v2-104m",
      purpose: "rank model: Geneformer-V2-104M, 12 layers x 768, 12 heads, sequences of 4096",
      command: "therapi embed rank", files: encoder + dictionaries,
      source: geneformer("Geneformer-V2-104M", dictionaries: "geneformer/*_gc104M.pkl"),
      licence: "Apache-2.0"),
    Entry(
      name: "geneformer-v2-316m",
      purpose: "rank model: Geneformer-V2-316M, 18 layers x 1152, 18 heads, sequences of 4096",
      command: "therapi embed rank", files: encoder + dictionaries,
      source: geneformer("Geneformer-V2-316M", dictionaries: "geneformer/*_gc104M.pkl"),
      licence: "Apache-2.0"),
    Entry(
      name: "csg2a", purpose: "perturbation model of THERAPI: expression after a drug, from expression and SMILES",
      command: "therapi embed perturbation", files: [["*.pt", "*.pth"]],
      source: "https://github.com/eugenebang/CSG2A (Bang et al. 2024): the landmark model that its README links to, "
        + "and LINCS_L1000_landmark_genes.txt and STRING_edges.csv of its folder data",
      licence: "GPL-3.0 for the code and CC BY-NC-SA 4.0 for what it produces, as this project was told",
      unconfirmed: "a copy of the repository's LICENSE from 2024 is the MIT licence, and what holds for the weights is "
        + "not said there: read the licence where you fetch them, and keep to the stricter one till then"),
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
      missing: missing, files: files, source: entry.source, licence: entry.licence,
      unconfirmed: entry.unconfirmed)
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
