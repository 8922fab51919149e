extension ReportPage {
  func groups(into page: inout Markup) {
    if !content.comparisons.isEmpty {
      page.element(
        "p",
        "What the models predict for two groups of patients, and how mixed their tumours are. Predictions are log odds of "
          + "response, means over the folds' models; entropies are in nats. p is two-sided: by Mann and Whitney's test of "
          + "ranks, and by Welch's t-test of means. q is Benjamini and Hochberg's over the drugs: among all drugs with a q "
          + "as small, this share of false findings is to be expected. Drugs are not independent: a patient who is "
          + "predicted high for one is so for most.")
    }
    for (place, comparison) in content.comparisons.enumerated() {
      write(comparison, into: &page)
      figures(of: .groups, comparison: place, into: &page)
    }
    figures(of: .groups, into: &page)
  }

  private func write(_ comparison: ComparisonContent, into page: inout Markup) {
    page.element("h3", comparison.title)
    page.element(
      "p", "\(comparison.method) \(Wording.counted(comparison.leftOut, "patient")) of the cohort in neither group.")
    if let reason = comparison.reason { return page.element("p", ["class": "reason"], "Not estimable: \(reason).") }
    let (first, second) = (comparison.firstGroup, comparison.secondGroup)
    var sheet = Sheet(
      caption: "\(comparison.title): predictions (log odds) drug by drug, by p",
      columns: [.init(title: "Compared")]
        + [
          "n, \(first)", "n, \(second)", "Median, \(first)", "Median, \(second)", "\(first) higher",
          "p (Mann-Whitney)", "q", "p (Welch)", "q",
        ].map { .init(title: $0, isNumber: true) })
    sheet.shown = 12
    sheet.rows = comparison.rows.map(cells)
    sheet.emphasised = Set(comparison.rows.indices.filter { comparison.rows[$0].kind != .drug })
    sheet.write(into: &page)
    page.element(
      "p", ["class": "hint"],
      "\(Wording.sentence(first)) higher: the chance that a patient of this group is above one of the other; 50 % says "
        + "that they do not differ.")
  }

  private func cells(_ row: ComparisonContent.Row) -> [Sheet.Cell] {
    let (name, decimals) =
      switch row.kind {
      case .entropy: ("Entropy of the mixture (nats)", 4)
      case .all: ("All drugs together", 2)
      case .drug: (row.name, 2)
      }
    let share = row.mannWhitney.superiority
    return [.text(name), .count(row.first.count), .count(row.second.count)]
      + [row.first.median, row.second.median].map { .fixed($0, decimals) }
      + [.number(share.map { Wording.fixed(100 * $0, 0) + " %" } ?? "\u{2013}", share)] + cells(row.mannWhitney)
      + cells(row.welch)
  }

  private func cells(_ test: ComparisonContent.Test) -> [Sheet.Cell] {
    [
      test.p == nil ? .reason("not estimable: \(test.reason ?? "no reason given")") : .probability(test.p),
      .probability(test.q),
    ]
  }
}
