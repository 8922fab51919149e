/// How predictions agree with known responses, model by model.
package struct EvaluationContent: Codable, Sendable, Equatable {
  package var title: String
  /// How pairs were divided, what the interval is.
  package var method: String
  package var pairs: Int
  /// Pairs whose label is 1.
  package var responders: Int
  /// Names of the columns.
  package var metrics: [String]
  /// The first is the one that the report is about.
  package var models: [Row]
  package var drugs: [Row]
  package var tissues: [Row]
  /// Pairs of samples whose tissue is not known, which no row of `tissues` counts.
  package var withoutTissue: Int?

  package init(
    title: String, method: String, pairs: Int, responders: Int, metrics: [String], models: [Row], drugs: [Row] = [],
    tissues: [Row] = [], withoutTissue: Int? = nil
  ) {
    self.title = title
    self.method = method
    self.pairs = pairs
    self.responders = responders
    self.metrics = metrics
    self.models = models
    self.drugs = drugs
    self.tissues = tissues
    self.withoutTissue = withoutTissue
  }

  /// A model, a drug or a tissue with one estimate a metric.
  package struct Row: Codable, Sendable, Equatable {
    package var name: String
    /// `full`, `ablation` or `baseline`; nil for drugs and tissues.
    package var kind: String?
    package var pairs: Int?
    package var responders: Int?
    package var estimates: [Estimate]

    package init(
      name: String, kind: String? = nil, pairs: Int? = nil, responders: Int? = nil, estimates: [Estimate]
    ) {
      self.name = name
      self.kind = kind
      self.pairs = pairs
      self.responders = responders
      self.estimates = estimates
    }
  }
}

/// A figure with its spread over folds and its interval; without a mean it says why.
package struct Estimate: Codable, Sendable, Equatable {
  package var mean: Double?
  /// Over folds, n - 1.
  package var deviation: Double?
  package var low: Double?
  package var high: Double?
  package var reason: String?

  package init(
    mean: Double?, deviation: Double? = nil, low: Double? = nil, high: Double? = nil, reason: String? = nil
  ) {
    (self.mean, self.deviation, self.low, self.high, self.reason) = (mean, deviation, low, high, reason)
  }
}
