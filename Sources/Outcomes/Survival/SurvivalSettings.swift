/// What a table of survival compares.
package struct SurvivalSettings: Sendable, Equatable, Codable {
  /// Column of obs whose median divides the patients of a tissue.
  package var by: String
  /// Columns of obs with 1 for an event and 0 for censoring; the time stands in the column of that name with `.time`.
  package var endpoints: [String]
  package var tissueColumn: String
  /// A group of fewer patients is not compared.
  package var leastGroup: Int

  package static let endpoints = ["OS", "DSS", "DFI", "PFI"]

  /// What TCGA's abbreviation of an endpoint stands for (Liu et al., Cell 173, 400, 2018); nil for any other.
  package static func words(of endpoint: String) -> String? {
    switch endpoint {
    case "OS": "overall survival"
    case "DSS": "disease-specific survival"
    case "DFI": "disease-free interval"
    case "PFI": "progression-free interval"
    default: nil
    }
  }

  package init(
    by: String = "heterogeneity", endpoints: [String] = SurvivalSettings.endpoints, tissueColumn: String = "tissue",
    leastGroup: Int = 5
  ) {
    precondition(leastGroup > 0, "groups of \(leastGroup)")
    (self.by, self.endpoints) = (by, endpoints)
    (self.tissueColumn, self.leastGroup) = (tissueColumn, leastGroup)
  }
}
