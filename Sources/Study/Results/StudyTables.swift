import Exchange
import Report

/// The figures of metrics.json as tables.
enum StudyTables {
  static func evaluations(_ metrics: StudyMetrics) -> [[String]] {
    var rows = [["evaluation", "model", "kind", "metric", "mean", "deviation", "low", "high", "reason"]]
    for evaluation in metrics.evaluations {
      func add(_ parts: [EvaluationContent.Row], _ kind: String?) {
        for part in parts {
          for (metric, estimate) in zip(evaluation.metrics, part.estimates) {
            let numbers = [estimate.mean, estimate.deviation, estimate.low, estimate.high].map(text)
            rows.append(
              [evaluation.title, part.name, kind ?? part.kind ?? "", metric] + numbers + [estimate.reason ?? ""])
          }
        }
      }
      add(evaluation.models, nil)
      add(evaluation.drugs, "drug")
      add(evaluation.tissues, "tissue")
    }
    return rows
  }

  static func comparisons(_ metrics: StudyMetrics) -> [[String]] {
    let header = [
      "comparison", "name", "kind", "first", "second", "n_first", "n_second", "median_first", "median_second",
      "mean_first", "mean_second", "superiority", "mann_whitney_p", "mann_whitney_q", "welch_p", "welch_q", "reason",
    ]
    return [header]
      + metrics.comparisons.flatMap { comparison in
        comparison.rows.map { row in
          let numbers = [
            row.first.median, row.second.median, row.first.mean, row.second.mean, row.mannWhitney.superiority,
            row.mannWhitney.p, row.mannWhitney.q, row.welch.p, row.welch.q,
          ]
          return [comparison.title, row.name, row.kind.rawValue, comparison.firstGroup, comparison.secondGroup]
            + ["\(row.first.count)", "\(row.second.count)"] + numbers.map(text)
            + [row.mannWhitney.reason ?? row.welch.reason ?? ""]
        }
      }
  }

  private static func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
}
