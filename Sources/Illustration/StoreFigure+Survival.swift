import Figures
import Outcomes
import Problems
import Statistics

extension StoreFigure {
  /// Kaplan and Meier's curves of the patients above and below the median of their tissue, for one endpoint and one
  /// tissue, or for all tissues together (nil).
  ///
  /// Throws as `SurvivalCohort`, and `.missing` where no patient is of the tissue or in a group.
  package static func survival(
    of stores: [String], endpoint: String, tissue: String?, settings: SurvivalSettings
  ) throws -> SurvivalFigure {
    var settings = settings
    settings.endpoints = [endpoint]
    let cohort = try SurvivalCohort(stores, settings: settings)
    let report = SurvivalReport(cohort, settings: settings)
    let tissues = report.tissues.map(\.name)
    guard let row = report.rows.first(where: { tissue == nil || $0.tissue == tissue }), row.samples > 0 else {
      let isKnown = tissue.map(tissues.contains) ?? true
      throw IllustrationError(
        .missing, at: stores.first.map { Place($0, object: "/obs") },
        isKnown ? "\(endpoint) is known of no patient in a group" : "no patient is of the tissue '\(tissue ?? "")'",
        remedy: isKnown ? nil : "there are \(tissues.joined(separator: ", "))")
    }
    return survival(cohort, row, settings: settings)
  }

  /// The curves of a row of the report on a cohort.
  package static func survival(
    _ cohort: SurvivalCohort, _ row: SurvivalReport.Row, settings: SurvivalSettings
  ) -> SurvivalFigure {
    guard let curves = cohort.curves(of: row.tissue, endpoint: row.endpoint) else {
      preconditionFailure("a row of \(row.endpoint), which was not read")
    }
    let by = settings.by == SurvivalSettings().by ? "entropy" : settings.by
    let name = SurvivalSettings.words(of: row.endpoint).map { "\(row.endpoint) (\($0))" } ?? row.endpoint
    return SurvivalFigure(
      title: "\(row.endpoint) by \(settings.by), \(row.tissue ?? "all tissues")",
      caption: "\(name): Kaplan-Meier curves with 95 % limits of patients above (high) and below (low) the median "
        + "\(by) of their tissue; ticks are patients who were followed no longer; below, the numbers at risk.",
      curves: [curve("high \(by)", curves.high), curve("low \(by)", curves.low)], statement: statement(row))
  }

  private static func statement(_ row: SurvivalReport.Row) -> String {
    var parts: [String] = []
    if let effect = row.cox.value {
      let numbers = [effect.hazardRatio, effect.interval.lower, effect.interval.upper].map { TestWords.fixed($0, 2) }
      parts.append("hazard ratio \(numbers[0]) (95 %: \(numbers[1]) to \(numbers[2]))")
    } else if let reason = row.cox.reason {
      parts.append("hazard ratio not estimable: \(reason)")
    }
    if let test = row.logRank.value { parts.append("log-rank \(TestWords.probability(test.p))") }
    return parts.joined(separator: "; ")
  }

  private static func curve(_ name: String, _ curve: KaplanMeier) -> SurvivalFigure.Curve {
    var (durations, events) = ([Double](), [Bool]())
    for (place, time) in curve.times.enumerated() {
      durations += Array(repeating: time, count: curve.events[place] + curve.censored[place])
      events += Array(repeating: true, count: curve.events[place])
      events += Array(repeating: false, count: curve.censored[place])
    }
    return SurvivalFigure.Curve(
      name: name, times: curve.times, survival: curve.survival, lower: curve.lower, upper: curve.upper,
      durations: durations, events: events)
  }
}
