import Cohorts
import Formats
import Problems

/// A word for each sample, such as its tissue or whether it is MSI: from cohort stores, or from a table.
package struct SampleWords: Sendable, Equatable {
  package let column: String
  private let names: SampleNames
  private var words: [String: String] = [:]

  /// Words that stand for none in a table.
  private static let gaps: Set<String> = ["", "NA", "NaN"]

  /// Reads a column of obs. Throws `OutcomeError` `.missingColumn`, `.repeatedSample` where two stores disagree, and
  /// `StoreError`.
  package init(_ column: String, of stores: [String]) throws {
    (self.column, names) = (column, .sample)
    for path in stores {
      let obs = try CohortStore(path).obs()
      guard let values = obs[column]?.words else {
        throw OutcomeError(
          .missingColumn, at: Place(path, object: "/obs"), "there is no column '\(column)'",
          remedy: "there are \(obs.columns.map(\.name).joined(separator: ", "))")
      }
      for (sample, word) in zip(obs.index, values) where !word.isEmpty {
        try add(word, to: sample, at: Place(path, object: "/obs/\(column)"))
      }
    }
  }

  /// Reads a column of a delimited table, whose samples stand in `sample`, or in its first column.
  ///
  /// Rows without a word, and those whose name is none of a sample, are passed over. Throws `OutcomeError`
  /// `.missingColumn`, `.repeatedSample` where two rows of a sample disagree, and `FormatError`.
  package init(_ column: String, table path: String, sample: String? = nil, names: SampleNames = .sample) throws {
    (self.column, self.names) = (column, names)
    let table = try TableReader(try InputFile(path).source(), path: path)
    func position(_ name: String) throws -> Int {
      guard let position = table.header.firstIndex(of: name) else {
        throw OutcomeError(
          .missingColumn, at: Place(path, line: table.headerLine), "there is no column '\(name)'",
          remedy: "there are \(table.header.joined(separator: ", "))")
      }
      return position
    }
    let (row, word) = (try sample.map(position) ?? 0, try position(column))
    while try table.advance() {
      guard !Self.gaps.contains(table.text(word)), let key = names.key(of: table.text(row)) else { continue }
      try add(table.text(word), to: key, at: Place(path, line: table.line, field: column))
    }
  }

  private mutating func add(_ word: String, to key: String, at place: Place) throws {
    guard let known = words.updateValue(word, forKey: key), known != word else { return }
    throw OutcomeError(
      .repeatedSample, at: place, "the sample '\(key)' is '\(word)' here and '\(known)' elsewhere",
      remedy: "leave one of them out")
  }

  /// The word of a scored sample, "" where it has none.
  package func word(of sample: String) -> String { names.key(of: sample).flatMap { words[$0] } ?? "" }
}
