import Cohorts
import Problems

/// The entropy of each patient's mixture, in nats, from cohort stores that were aligned.
package struct SampleEntropies: Sendable, Equatable {
  private var values: [String: Double] = [:]

  package var isEmpty: Bool { values.isEmpty }

  /// Reads `heterogeneity` of obs; a store that was not aligned has none. Throws `OutcomeError` `.stale`, and
  /// `StoreError`.
  package init(of stores: [String]) throws {
    for path in stores {
      let store = try CohortStore(path)
      let obs = try store.obs()
      guard let column = obs[AlignmentSummary.Part.heterogeneity]?.numbersOrGaps else { continue }
      try store.requireFresh(AlignmentSummary.Part.heterogeneity)
      for (sample, value) in zip(obs.index, column) { values[sample] = value ?? values[sample] }
    }
  }

  /// nil for a sample without one.
  package func value(of sample: String) -> Double? { values[sample] }
}

extension CohortStore {
  /// Refuses a column of obs that a model wrote and that no longer fits the store. Throws `OutcomeError` `.stale`.
  func requireFresh(_ column: String) throws {
    let block = BlockPath(.obs, column)
    guard let cached = try cachedBlocks().first(where: { $0.path == block }), case .stale(let reason) = cached.state
    else { return }
    throw OutcomeError(
      .stale, at: Place(path, object: "/\(block)"), "is stale: \(reason)",
      remedy: "run `therapi align` again with this store")
  }
}
