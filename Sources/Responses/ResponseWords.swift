import Problems

/// Turns patients' response words (RECIST) into labels by the rule of a configuration.
package struct ResponseWords: Sendable, Equatable {
  package enum Reading: Sendable, Equatable {
    case label(Bool)
    /// No word, or one for "not known".
    case missing
    /// A word that the rule does not name.
    case unknown
  }

  private let words: [String: Bool]

  private static let missing: Set<String> = [
    "", "na", "n/a", "#n/a", "nan", "null", "[not available]", "[not applicable]", "[unknown]", "[discrepancy]",
    "not available", "not applicable", "unknown",
  ]

  /// Takes words with their labels; throws `ResponseError` if one word has both. Case and outer spaces do not matter.
  package init(_ rule: [String: Bool], at place: Place? = nil) throws(ResponseError) {
    var words: [String: Bool] = [:]
    for (word, label) in rule {
      let key = Self.normal(word)
      if let other = words[key], other != label {
        throw ResponseError(
          .contradictoryTable, at: place, "the response word '\(key)' stands for both 0 and 1",
          remedy: "name each word once; case does not tell words apart")
      }
      words[key] = label
    }
    self.words = words
  }

  package func read(_ word: String) -> Reading {
    let key = Self.normal(word)
    if let label = words[key] { return .label(label) }
    return Self.missing.contains(key) ? .missing : .unknown
  }

  private static func normal(_ word: String) -> String {
    word.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
