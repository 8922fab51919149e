import Report

/// What `metrics.json` says: every figure of a study, in the types of its report. The schema is
/// `schemas/metrics.schema.json`.
struct StudyMetrics: Codable, Equatable {
  var format = "therapi-metrics 1"
  var study: String
  var evaluations: [EvaluationContent]
  var heterogeneity: HeterogeneityContent?
  var survival: SurvivalContent?
  var comparisons: ComparisonContent?
}
