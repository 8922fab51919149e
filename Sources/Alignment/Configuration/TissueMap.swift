import Problems

/// The common words for tissues, by the words of one column; case does not matter.
package struct TissueMap: Sendable, Equatable {
  /// What is done with a word that the map does not name.
  package enum Unmapped: String, Sendable, CaseIterable {
    case error
    /// Its samples are treated as those without a tissue.
    case drop
  }

  /// What a word of the column stands for.
  package enum Meaning: Sendable, Equatable {
    case tissue(String)
    case dropped
    case unknown
  }

  /// Where the map stands: its own file, or a line of the configuration.
  package let place: Place
  /// Tissues by lower-cased word.
  private let tissues: [String: String]
  private let dropped: Set<String>
  private let unmapped: Unmapped

  /// `dropped` words are dropped whether `tissues` names them or not.
  init(place: Place, tissues: [String: String], dropped: Set<String> = [], unmapped: Unmapped = .error) {
    self.place = place
    self.tissues = Dictionary(tissues.map { ($0.lowercased(), $1) }, uniquingKeysWith: { first, _ in first })
    self.dropped = Set(dropped.map { $0.lowercased() })
    self.unmapped = unmapped
  }

  /// The common words that it leads to.
  package var allTissues: Set<String> { Set(tissues.filter { !dropped.contains($0.key) }.values) }

  /// What a word stands for.
  package func meaning(of word: String) -> Meaning {
    let word = word.lowercased()
    if dropped.contains(word) { return .dropped }
    if let tissue = tissues[word] { return .tissue(tissue) }
    return unmapped == .drop ? .dropped : .unknown
  }
}
