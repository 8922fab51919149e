import Cohorts
import Expression
import Problems

/// How the values of a store become amounts that can be ranked against medians.
package struct RankUnit: Sendable, Equatable {
  /// What the values are taken for.
  package let unit: ExpressionUnit
  /// Whether that is what the user says, and not the store.
  package let isForced: Bool

  /// Takes the unit of the store, or `forced` in its place.
  ///
  /// Throws `.unit` for z-scores, log ratios and intensities: only amounts compare with the medians of counts. Forced,
  /// intensities are amounts too.
  package init(of store: CohortStore, forced: String? = nil) throws {
    let place = Place(store.path, object: "/uns/expression/unit")
    if let forced {
      let unit = try ExpressionUnit(parsing: forced)
      guard unit.quantity != .zscore, unit.quantity != .logRatio else {
        throw EmbeddingError(
          .unit, at: nil, "\(unit) is no amount: its values have no zero that means none",
          remedy: "force a unit such as log2(tpm + 1) or log2(intensity)")
      }
      (self.unit, isForced) = (unit, true)
      return
    }
    guard case .string(let text) = try store.value(at: "expression/unit") else {
      throw EmbeddingError(.foreign, at: place, "is missing", remedy: "ingest the cohort with therapi")
    }
    let unit = try ExpressionUnit(parsing: text, at: place)
    switch unit.quantity {
    case .tpm, .fpkm, .counts, .normCount: (self.unit, isForced) = (unit, false)
    case .intensity, .zscore, .logRatio:
      throw EmbeddingError(
        .unit, at: place, "is \(unit), which has no meaning beside medians of counts",
        remedy: "embed a sequenced cohort, or say what the values are to be taken for: --force-unit 'log2(intensity)'")
    }
  }

  /// The amount behind a value of X; 0 where that would be below.
  func amount(_ value: Float) -> Double { max(0, unit.quantity(of: value)) }
}
