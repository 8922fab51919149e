extension ReportPage {
  func survival(into page: inout Markup) {
    if let survival = content.survival {
      page.element("p", survival.method)
      var sheet = Sheet(
        caption: "High entropy against low, by tissue and endpoint",
        columns: [
          .init(title: "Tissue"), .init(title: "Endpoint"), .init(title: "High: patients (events)", isNumber: true),
          .init(title: "Low: patients (events)", isNumber: true),
          .init(title: "Hazard ratio (95\u{00A0}%)", isNumber: true),
          .init(title: "0.1 \u{2013} 1 \u{2013} 10"), .init(title: "p (log-rank)", isNumber: true),
          .init(title: "q", isNumber: true),
        ])
      sheet.shown = 100
      sheet.rows = survival.rows.map(cells)
      sheet.write(into: &page)
    }
    figures(of: .survival, into: &page)
  }

  private func cells(_ row: SurvivalContent.Row) -> [Sheet.Cell] {
    let counts = [(row.high, row.highEvents), (row.low, row.lowEvents)].map { patients, events in
      let words = Wording.count(patients) + (events.map { " (\(Wording.count($0)))" } ?? "")
      return Sheet.Cell.number(words, Double(patients))
    }
    let head = [.text(row.tissue), .text(row.endpoint)] + counts
    guard let ratio = row.hazardRatio else {
      return head + [
        .reason("not estimable: \(row.reason ?? "no reason given")"), .reason("\u{2013}"), .probability(row.p),
        .probability(row.q),
      ]
    }
    var words = Wording.fixed(ratio, 2)
    var picture = ""
    if let low = row.lowerLimit, let high = row.upperLimit {
      words += " (\(Wording.fixed(low, 2)) to \(Wording.fixed(high, 2)))"
      picture = Drawing.ratio(ratio, from: low, to: high)
    }
    return head + [.number(words, ratio), .drawn(picture, ratio), .probability(row.p), .probability(row.q)]
  }
}
