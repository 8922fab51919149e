import Cohorts
import Problems

/// The tissues of one cohort's samples in common words.
struct TissueAssignment {
  /// One a sample; nil: none.
  let tissues: [String?]
  /// Why a sample has none; one a sample.
  let reasons: [Exclusion?]
  /// How the words of the column were read, in their order by alphabet.
  let words: [TissueWord]

  /// Throws `AlignmentError` for words that the map does not name: at the map's place, all of them at once.
  init(_ domain: DomainStore, _ rule: AlignmentConfiguration.Tissues) throws {
    let column = try domain.words(in: rule.column, for: "of which tissue a sample is", .tissues)
    var samples: [String: Int] = [:]
    for word in column where !word.isEmpty { samples[word, default: 0] += 1 }
    let meanings = Dictionary(uniqueKeysWithValues: samples.keys.map { ($0, rule.map.meaning(of: $0)) })
    let unknown = meanings.filter { $0.value == .unknown }.keys.sorted()
    guard unknown.isEmpty else {
      let list = unknown.map { "'\($0)' (\(counted(samples[$0] ?? 0, "sample")))" }.joined(separator: ", ")
      throw AlignmentError(
        .tissues, at: rule.map.place, "the map does not name \(list) of \(domain.place("/obs/\(rule.column)"))",
        remedy: "map them, list them under drop, or write unmapped: drop")
    }
    let tissue = meanings.compactMapValues { if case .tissue(let tissue) = $0 { tissue } else { nil } }
    tissues = column.map { tissue[$0] }
    reasons = column.map { word in word.isEmpty ? .noTissue : tissue[word] == nil ? .droppedWord : nil }
    words = samples.sorted { $0.key < $1.key }.map {
      TissueWord(word: $0.key, tissue: tissue[$0.key], samples: $0.value)
    }
  }
}

/// A word of a cohort's column of tissues and what it was read as.
package struct TissueWord: Sendable, Equatable {
  package let word: String
  /// The common word; nil: it was dropped.
  package let tissue: String?
  /// Number of samples that have it.
  package let samples: Int
}

/// `1 sample`, `2 samples`.
func counted(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }
