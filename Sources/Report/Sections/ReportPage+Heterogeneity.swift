import Foundation

extension ReportPage {
  func heterogeneity(into page: inout Markup) {
    page.element(
      "p",
      "Heterogeneity is the Shannon entropy of a patient's weights over cell lines, in nats: 0 for a patient like one "
        + "cell line, higher the more lines share the weight. e to the power of the entropy is the number of lines that "
        + "would give it in equal parts.")
    if let heterogeneity = content.heterogeneity {
      for note in heterogeneity.notes { page.element("p", note) }
      var sheet = Sheet(
        caption: "Entropy of the mixtures, by tissue (nats)",
        columns: [.init(title: "Tissue"), .init(title: "Patients", isNumber: true)]
          + ["Least", "Lower quartile", "Median", "Upper quartile", "Most", "Median as equal lines"]
          .map { .init(title: $0, isNumber: true) } + [.init(title: "Spread")])
      let ends = (heterogeneity.tissues.map(\.least).min() ?? 0, heterogeneity.tissues.map(\.most).max() ?? 1)
      let decimals = Wording.decimals(for: ends.1 - ends.0)
      sheet.rows = heterogeneity.tissues.map { spread in
        let five = [spread.least, spread.lowerQuartile, spread.median, spread.upperQuartile, spread.most]
        return [.text(spread.tissue), .count(spread.patients)] + five.map { .fixed($0, decimals) }
          + [.fixed(exp(spread.median), 1)]
          + [.drawn(Drawing.box(five, from: ends.0, to: ends.1), spread.median)]
      }
      sheet.write(into: &page)
    }
    figures(of: .heterogeneity, into: &page)
  }
}
