import Inspection
import Outcomes

extension SurvivalReport {
  /// The report as a page for people.
  var text: String {
    var sheet = Sheet()
    sheet.line("survival by \(settings.by): above the median of the tissue (high) against below (low)")
    sheet.entry("stores", stores.joined(separator: ", "))
    sheet.entry(
      "patients",
      "\(Wording.count(samples)); \(Wording.count(withoutTissue)) without a tissue, "
        + "\(Wording.count(withoutValue)) with one but without \(settings.by)")
    sheet.line("")
    var table = TextTable(
      ["tissue", "endpoint", "n", "events", "high", "events", "median", "low", "events", "median", "hazard", "95 %"]
        + ["Cox p", "q", "log-rank p", "q"], words: [0, 1])
    for row in rows { table.add(row.fields) }
    for line in table.lines { sheet.line(line) }
    if !reasons.isEmpty {
      sheet.line("")
      sheet.line("not estimable")
      for reason in reasons { sheet.line("  \(reason)") }
    }
    return sheet.text
  }

  /// A line for each tissue and reason, with the endpoints that it concerns.
  private var reasons: [String] {
    var lines: [(tissue: String, reason: String, endpoints: [String])] = []
    for row in rows {
      guard let reason = row.cox.reason else { continue }
      let tissue = row.tissue ?? Self.allTissues
      if let place = lines.firstIndex(where: { $0.tissue == tissue && $0.reason == reason }) {
        lines[place].endpoints.append(row.endpoint)
      } else {
        lines.append((tissue, reason, [row.endpoint]))
      }
    }
    return lines.map { "\($0.tissue) \($0.endpoints.joined(separator: ", ")): \($0.reason)" }
  }
}

extension SurvivalReport.Row {
  fileprivate var fields: [String] {
    let effect = cox.value
    let interval = effect.map {
      "\(TextTable.number($0.interval.lower, digits: 2))-\(TextTable.number($0.interval.upper, digits: 2))"
    }
    return [tissue ?? SurvivalReport.allTissues, endpoint, "\(samples)", "\(events)"]
      + [high, low].flatMap {
        ["\($0.samples)", "\($0.events)", TextTable.number($0.medianSurvival.value, digits: 0)]
      } + [TextTable.number(effect?.hazardRatio, digits: 2), interval ?? "-"]
      + [effect?.p, coxQ, logRank.value?.p, logRankQ].map(TextTable.probability)
  }
}
