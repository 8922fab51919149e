/// Predicted responses of two groups of patients set side by side, drug by drug.
package struct ComparisonContent: Codable, Sendable, Equatable {
  package var method: String
  package var rows: [Row]

  package init(method: String, rows: [Row]) {
    (self.method, self.rows) = (method, rows)
  }

  package struct Row: Codable, Sendable, Equatable {
    package var drug: String
    package var firstGroup: String
    package var secondGroup: String
    package var firstCount: Int
    package var secondCount: Int
    /// Medians of the mean logit; nil for an empty group.
    package var firstMedian: Double?
    package var secondMedian: Double?
    /// Mann-Whitney.
    package var p: Double?
    package var welch: Double?
    /// By Benjamini and Hochberg, of `p`.
    package var q: Double?
    package var reason: String?

    package init(
      drug: String, firstGroup: String, secondGroup: String, firstCount: Int, secondCount: Int, firstMedian: Double?,
      secondMedian: Double?, p: Double?, welch: Double?, q: Double?, reason: String? = nil
    ) {
      self.drug = drug
      self.firstGroup = firstGroup
      self.secondGroup = secondGroup
      self.firstCount = firstCount
      self.secondCount = secondCount
      self.firstMedian = firstMedian
      self.secondMedian = secondMedian
      self.p = p
      self.welch = welch
      self.q = q
      self.reason = reason
    }
  }
}
