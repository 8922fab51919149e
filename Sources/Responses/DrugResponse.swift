import Foundation

/// One fitted dose response: what a drug did to a sample.
package struct DrugResponse: Sendable, Equatable {
  package var sample: String
  package var drug: String
  /// Natural logarithm of the IC50 in micromolar.
  package var lnIC50: Double
  /// Highest concentration that was tried, in micromolar.
  package var maxConcentration: Double?
  /// The screen, such as `GDSC2`.
  package var screen: String?
  /// The screen's id of the drug; one name can have several.
  package var drugID: String?
  /// Area under the dose-response curve, 0 to 1.
  package var auc: Double?

  package init(
    sample: String, drug: String, lnIC50: Double, maxConcentration: Double? = nil, screen: String? = nil,
    drugID: String? = nil, auc: Double? = nil
  ) {
    self.sample = sample
    self.drug = drug
    self.lnIC50 = lnIC50
    self.maxConcentration = maxConcentration
    self.screen = screen
    self.drugID = drugID
    self.auc = auc
  }

  /// Negative decimal logarithm of the IC50 in molar.
  package var pIC50: Double { 6 - lnIC50 / log(10) }

  /// Whether the IC50 lies beyond what was tried; nil where that is not known.
  package var isExtrapolated: Bool? { maxConcentration.map { exp(lnIC50) > $0 } }
}
