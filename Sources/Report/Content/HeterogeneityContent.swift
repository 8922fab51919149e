/// How mixed the patients of each tissue are: Shannon entropy of their weights, in nats.
package struct HeterogeneityContent: Codable, Sendable, Equatable {
  package var notes: [String]
  package var tissues: [Spread]

  package init(notes: [String] = [], tissues: [Spread]) {
    (self.notes, self.tissues) = (notes, tissues)
  }

  /// Order statistics of one tissue.
  package struct Spread: Codable, Sendable, Equatable {
    package var tissue: String
    package var patients: Int
    package var least: Double
    package var lowerQuartile: Double
    package var median: Double
    package var upperQuartile: Double
    package var most: Double

    package init(
      tissue: String, patients: Int, least: Double, lowerQuartile: Double, median: Double, upperQuartile: Double,
      most: Double
    ) {
      self.tissue = tissue
      self.patients = patients
      self.least = least
      self.lowerQuartile = lowerQuartile
      self.median = median
      self.upperQuartile = upperQuartile
      self.most = most
    }
  }
}
