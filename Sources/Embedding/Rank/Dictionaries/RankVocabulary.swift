import Files
import Problems

/// Which genes have a token, and the medians that their amounts are divided by.
package struct RankVocabulary: Sendable {
  /// Tokens by Ensembl id; special ones by their names in angle brackets.
  package let tokens: [String: Int]
  /// Medians of the amounts above 0, by Ensembl id.
  package let medians: [String: Double]
  /// Ensembl ids in place of others; empty where the version of the model has no such table.
  let successors: [String: String]
  /// Ensembl ids by symbol; empty where there is no such table.
  let symbols: [String: String]
  package let padding: Int
  package let mask: Int
  /// The tokens around each sequence, in models of the second version.
  package let start: Int?
  package let end: Int?

  private enum Special {
    static let padding = "<pad>"
    static let mask = "<mask>"
    static let start = "<cls>"
    static let end = "<eos>"
  }

  /// Throws `.dictionary`, at the path of the file, where tokens are below 0 or there twice, a median is not above 0, or
  /// a special token is missing.
  package init(
    tokens: [String: Int], medians: [String: Double], successors: [String: String] = [:],
    symbols: [String: String] = [:], tokenPath: String, medianPath: String
  ) throws {
    (self.tokens, self.medians, self.successors, self.symbols) = (tokens, medians, successors, symbols)
    guard let padding = tokens[Special.padding], let mask = tokens[Special.mask] else {
      throw EmbeddingError(
        .dictionary, at: Place(tokenPath), "has no \(Special.padding) or no \(Special.mask)",
        remedy: "take the token dictionary of the same version as the model")
    }
    (self.padding, self.mask, start, end) = (padding, mask, tokens[Special.start], tokens[Special.end])
    guard (start == nil) == (end == nil) else {
      throw EmbeddingError(
        .dictionary, at: Place(tokenPath), "has one of \(Special.start) and \(Special.end) without the other",
        remedy: "take the token dictionary of the same version as the model")
    }
    var owners: [Int: String] = [:]
    for (gene, token) in tokens.sorted(by: { $0.key < $1.key }) {
      guard token >= 0, let other = owners.updateValue(gene, forKey: token) else {
        if token >= 0 { continue }
        throw EmbeddingError(.dictionary, at: Place(tokenPath, field: gene), "is \(token); tokens count from 0")
      }
      throw EmbeddingError(.dictionary, at: Place(tokenPath, field: gene), "is \(token), which is \(other)'s token too")
    }
    for (gene, median) in medians where !(median > 0 && median.isFinite) {
      throw EmbeddingError(
        .dictionary, at: Place(medianPath, field: gene), "is a median of \(median); they are above 0")
    }
  }

  /// Names of the special tokens that there are.
  static func isSpecial(_ name: String) -> Bool { name.hasPrefix("<") && name.hasSuffix(">") }

  /// The largest token.
  package var largest: Int { tokens.values.max() ?? 0 }

  /// SHA-256 of all tokens with their medians, and of the tables of names.
  package var fingerprint: String {
    var text = "therapi-rank-vocabulary 1\n"
    for (name, token) in tokens.sorted(by: { $0.value < $1.value }) {
      let median = medians[name].map { String($0.bitPattern, radix: 16) } ?? "-"
      text += "\(token)\t\(name)\t\(median)\n"
    }
    for (title, table) in [("successors", successors), ("symbols", symbols)] {
      text += "\(title)\n"
      for (name, id) in table.sorted(by: { $0.key < $1.key }) { text += "\(name)\t\(id)\n" }
    }
    return SHA256.hex(of: text.utf8)
  }

  /// Token of the gene that an Ensembl id stands for.
  func token(ofEnsembl id: String) -> Int? { tokens[successors[id] ?? id] }

  /// Token and median of the first of some names of a gene that has both.
  func entry(ensembl: [String], symbol: String) -> (token: Int, median: Double)? {
    let named = symbols[symbol].map { [$0] } ?? []
    for name in ensembl + named {
      let id = successors[name] ?? name
      if let token = tokens[id], let median = medians[id] { return (token, median) }
    }
    return nil
  }
}
