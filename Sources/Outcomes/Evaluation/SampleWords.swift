import Cohorts
import Problems

/// A word for each sample of cohort stores, such as its tissue or whether it is MSI.
package struct SampleWords: Sendable, Equatable {
  package let column: String
  /// Without the samples that have none.
  package private(set) var words: [String: String] = [:]

  /// Reads a column of obs. Throws `OutcomeError` `.missingColumn`, `.repeatedSample` where two stores disagree, and
  /// `StoreError`.
  package init(_ column: String, of stores: [String]) throws {
    self.column = column
    for path in stores {
      let obs = try CohortStore(path).obs()
      guard let values = obs[column]?.words else {
        throw OutcomeError(
          .missingColumn, at: Place(path, object: "/obs"), "there is no column '\(column)'",
          remedy: "there are \(obs.columns.map(\.name).joined(separator: ", "))")
      }
      for (sample, word) in zip(obs.index, values) where !word.isEmpty {
        guard let known = words.updateValue(word, forKey: sample), known != word else { continue }
        throw OutcomeError(
          .repeatedSample, at: Place(path, object: "/obs/\(column)"),
          "the sample '\(sample)' is '\(word)' here and '\(known)' in another store",
          remedy: "leave one of the stores out")
      }
    }
  }
}
