/// How well patients and cell lines came together.
package struct AlignmentContent: Codable, Sendable, Equatable {
  package var preset: String
  package var standardisation: String
  package var source: String
  package var cellLines: Int
  package var genes: Int?
  package var epochs: Int?
  /// What the figures amount to, in paragraphs.
  package var notes: [String]
  package var measures: [Measure]

  package init(
    preset: String, standardisation: String, source: String, cellLines: Int, genes: Int? = nil, epochs: Int? = nil,
    notes: [String] = [], measures: [Measure] = []
  ) {
    self.preset = preset
    self.standardisation = standardisation
    self.source = source
    self.cellLines = cellLines
    self.genes = genes
    self.epochs = epochs
    self.notes = notes
    self.measures = measures
  }

  /// A figure before and after; nil where it does not apply.
  package struct Measure: Codable, Sendable, Equatable {
    package var name: String
    package var raw: Double?
    package var latent: Double?
    package var aligned: Double?

    package init(name: String, raw: Double?, latent: Double?, aligned: Double?) {
      (self.name, self.raw, self.latent, self.aligned) = (name, raw, latent, aligned)
    }
  }
}
