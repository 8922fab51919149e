import Report

/// What `metrics.json` says: every figure of a study, in the types of its report. The schema is
/// `schemas/metrics.schema.json`.
struct StudyMetrics: Codable, Equatable {
  static let format = "therapi-metrics 2"

  var format = Self.format
  var study: String
  var evaluations: [EvaluationContent]
  var heterogeneity: HeterogeneityContent?
  var survival: SurvivalContent?
  /// What the study asks for, and responders against non-responders; empty where no patient's response is known either.
  var comparisons: [ComparisonContent] = []
}
