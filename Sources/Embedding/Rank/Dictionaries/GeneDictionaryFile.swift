import Formats
import Problems

/// One of Geneformer's pickled dictionaries, compressed or not.
struct GeneDictionaryFile {
  let path: String
  private let content: PickleDictionary

  /// Throws `FormatError` for a damaged pickle, and `.dictionary` where it holds no dict.
  init(_ path: String) throws {
    self.path = path
    let file = try InputFile(path)
    let value =
      file.content == .gzip
      ? try PickleFile.read(file.source(), at: Place(path)) : try PickleFile.read(path: path)
    guard let content = value.dictionary, content.count > 0 else {
      throw EmbeddingError(
        .dictionary, at: Place(path), "holds no dict of genes", remedy: "take the file of that name from Geneformer")
    }
    self.content = content
  }

  /// Whole numbers by name, such as the tokens; throws at anything else.
  func integers() throws -> [String: Int] { try values("a whole number", \.integer) }

  /// Numbers by name, such as the medians; throws at anything else.
  func doubles() throws -> [String: Double] { try values("a number", \.double) }

  /// Texts by name, such as the Ensembl ids of symbols; throws at anything else.
  func strings() throws -> [String: String] { try values("a text", \.string) }

  private func values<Value>(_ kind: String, _ value: (PickleValue) -> Value?) throws -> [String: Value] {
    var result: [String: Value] = [:]
    result.reserveCapacity(content.count)
    for entry in content.entries {
      guard let name = entry.key.string, let value = value(entry.value) else {
        throw EmbeddingError(
          .dictionary, at: Place(path, field: entry.key.string), "is not \(kind) under a name",
          remedy: "take the file of that name from Geneformer, of the same version as the model")
      }
      result[name] = value
    }
    return result
  }
}
