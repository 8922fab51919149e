import Foundation
import Problems

/// The files of a model that ranks genes, found by their names.
struct RankModelFolder {
  let configuration: String
  let weights: String
  let tokens: String
  let medians: String
  /// Ensembl ids in place of others; only with some versions.
  let successors: String?
  let symbols: String?

  private static let remedy = """
    the folder needs config.json, model.safetensors or pytorch_model.bin, token_dictionary*.pkl and \
    gene_median_dictionary*.pkl (.gz too); all are in the Geneformer repository on Hugging Face, the dictionaries in \
    its folder geneformer (give that as --dictionaries); `therapi embed rank --pretrain` makes a model without them
    """

  /// Throws `.modelFiles` for what is missing, or there more than once.
  init(_ folder: String, dictionaries: String?) throws {
    let names = try Self.names(in: folder)
    func file(_ candidates: [String]) throws -> String {
      if let name = candidates.first(where: names.contains) { return "\(folder)/\(name)" }
      throw EmbeddingError(
        .modelFiles, at: Place(folder), "holds no \(candidates.joined(separator: " and no "))", remedy: Self.remedy)
    }
    configuration = try file(["config.json"])
    weights = try file(["model.safetensors", "pytorch_model.bin"])
    let other = dictionaries ?? folder
    let tables = dictionaries == nil ? names : try Self.names(in: other)
    func table(_ start: String) throws -> String? {
      let found = tables.filter {
        $0.hasPrefix(start) && ($0.hasSuffix(".pkl") || $0.hasSuffix(".pkl.gz"))
      }.sorted()
      guard found.count <= 1 else {
        throw EmbeddingError(
          .modelFiles, at: Place(other), "holds \(found.joined(separator: ", ")): which is the model's?",
          remedy: "put those of the model's version into a folder of their own and give it as --dictionaries")
      }
      return found.first.map { "\(other)/\($0)" }
    }
    func required(_ start: String) throws -> String {
      if let path = try table(start) { return path }
      throw EmbeddingError(.modelFiles, at: Place(other), "holds no \(start)*.pkl", remedy: Self.remedy)
    }
    tokens = try required("token_dictionary")
    medians = try required("gene_median_dictionary")
    successors = try table("ensembl_mapping_dict")
    symbols = try table("gene_name_id_dict")
  }

  private static func names(in folder: String) throws -> Set<String> {
    do {
      return Set(try FileManager.default.contentsOfDirectory(atPath: folder))
    } catch {
      throw EmbeddingError(
        .modelFiles, at: Place(folder), "is no folder that can be read", remedy: remedy)
    }
  }
}
