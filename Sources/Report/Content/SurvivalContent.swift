/// Survival of patients of high entropy against those of low entropy.
package struct SurvivalContent: Codable, Sendable, Equatable {
  package var method: String
  package var rows: [Row]

  package init(method: String, rows: [Row]) {
    (self.method, self.rows) = (method, rows)
  }

  /// A tissue and an endpoint; without a hazard ratio it says why.
  package struct Row: Codable, Sendable, Equatable {
    package var tissue: String
    package var endpoint: String
    package var high: Int
    package var low: Int
    package var events: Int
    /// Of them in each group.
    package var highEvents: Int?
    package var lowEvents: Int?
    package var hazardRatio: Double?
    package var lowerLimit: Double?
    package var upperLimit: Double?
    /// Of the log-rank test.
    package var p: Double?
    /// By Benjamini and Hochberg.
    package var q: Double?
    package var reason: String?

    package init(
      tissue: String, endpoint: String, high: Int, low: Int, events: Int, highEvents: Int? = nil,
      lowEvents: Int? = nil, hazardRatio: Double?, lowerLimit: Double?, upperLimit: Double?, p: Double?, q: Double?,
      reason: String? = nil
    ) {
      self.tissue = tissue
      self.endpoint = endpoint
      self.high = high
      self.low = low
      self.events = events
      (self.highEvents, self.lowEvents) = (highEvents, lowEvents)
      self.hazardRatio = hazardRatio
      self.lowerLimit = lowerLimit
      self.upperLimit = upperLimit
      self.p = p
      self.q = q
      self.reason = reason
    }
  }
}
