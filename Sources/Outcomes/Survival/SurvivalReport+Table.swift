import Statistics

extension SurvivalReport {
  /// Name of the rows of all tissues together in tables.
  package static let allTissues = "all"

  /// The report as rows of fields under a header, numbers in full and gaps empty.
  package var table: [[String]] {
    let header = [
      "tissue", "endpoint", "samples", "events", "high", "high_events", "high_median", "low", "low_events",
      "low_median", "hazard_ratio", "lower", "upper", "cox_p", "cox_q", "log_rank", "log_rank_p", "log_rank_q",
      "reason",
    ]
    return [header]
      + rows.map { row in
        let cox = row.cox.value
        let numbers = [
          cox?.hazardRatio, cox?.interval.lower, cox?.interval.upper, cox?.p, row.coxQ, row.logRank.value?.statistic,
          row.logRank.value?.p, row.logRankQ,
        ]
        return [row.tissue ?? Self.allTissues, row.endpoint, "\(row.samples)", "\(row.events)"]
          + [row.high, row.low].flatMap { group in
            ["\(group.samples)", "\(group.events)", group.medianSurvival.value.map { "\($0)" } ?? ""]
          } + numbers.map { number in number.map { "\($0)" } ?? "" } + [row.cox.reason ?? row.logRank.reason ?? ""]
      }
  }

  /// Writes the table as CSV; it appears whole or not at all. Throws `OutcomeError`.
  package func write(csv path: String) throws { try TableFile.write(table, to: path) }
}
