extension ReportPage {
  func survival(into page: inout Markup) {
    if let survival = content.survival {
      page.element("p", survival.method)
      var sheet = Sheet(
        caption: "High entropy against low, by tissue and endpoint",
        columns: [
          .init(title: "Tissue"), .init(title: "Endpoint"), .init(title: "High", isNumber: true),
          .init(title: "Low", isNumber: true), .init(title: "Events", isNumber: true),
          .init(title: "Hazard ratio"), .init(title: "0.1 \u{2013} 1 \u{2013} 10"), .init(title: "p", isNumber: true),
          .init(title: "q", isNumber: true),
        ])
      sheet.shown = 100
      sheet.rows = survival.rows.map(cells)
      sheet.write(into: &page)
    }
    figures(of: .survival, into: &page)
  }

  private func cells(_ row: SurvivalContent.Row) -> [Sheet.Cell] {
    let counts = [row.high, row.low, row.events].map { Sheet.Cell.count($0) }
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

  func groups(_ comparisons: ComparisonContent, into page: inout Markup) {
    page.element("p", comparisons.method)
    var sheet = Sheet(
      caption: "Predicted responses of two groups, drug by drug",
      columns: [
        .init(title: "Drug"), .init(title: "Groups"), .init(title: "Patients"),
        .init(title: "Medians of the logit"), .init(title: "p (Mann-Whitney)", isNumber: true),
        .init(title: "q", isNumber: true), .init(title: "p (Welch)", isNumber: true),
      ])
    sheet.rows = comparisons.rows.map { row in
      let medians = [row.firstMedian, row.secondMedian].map { $0.map { Wording.fixed($0, 2) } ?? "\u{2013}" }
      return [
        .text(row.drug), .text("\(row.firstGroup) : \(row.secondGroup)"),
        .text("\(row.firstCount) : \(row.secondCount)"),
        .text(medians.joined(separator: " : ")),
        row.p == nil ? .reason("not estimable: \(row.reason ?? "no reason given")") : .probability(row.p),
        .probability(row.q), .probability(row.welch),
      ]
    }
    sheet.write(into: &page)
  }
}
