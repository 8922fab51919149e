extension ReportPage {
  func performance(into page: inout Markup) {
    for evaluation in content.evaluations {
      page.element("h3", evaluation.title)
      page.element(
        "p",
        "\(Wording.counted(evaluation.pairs, "pair")), of them \(Wording.count(evaluation.responders)) "
          + "(\(Wording.share(evaluation.responders, of: evaluation.pairs))) responses. \(evaluation.method)")
      var models = sheet(
        of: evaluation.models, named: "Model", metrics: evaluation.metrics,
        caption: "\(evaluation.title): models, ablations and baseline")
      models.emphasised = [0]
      models.write(into: &page)
      folded(evaluation.drugs, named: "Drug", by: "drug", in: evaluation, into: &page)
      folded(evaluation.tissues, named: "Tissue", by: "tissue", in: evaluation, into: &page)
    }
    figures(of: .performance, into: &page)
  }

  private func folded(
    _ rows: [EvaluationContent.Row], named title: String, by word: String, in evaluation: EvaluationContent,
    into page: inout Markup
  ) {
    guard !rows.isEmpty else { return }
    page.element("details") { page in
      page.element("summary", "By \(word): \(rows.count)")
      sheet(of: rows, named: title, metrics: evaluation.metrics, caption: "\(evaluation.title), by \(word)")
        .write(into: &page)
    }
  }

  private func sheet(of rows: [EvaluationContent.Row], named title: String, metrics: [String], caption: String)
    -> Sheet
  {
    let isCounted = rows.contains { $0.pairs != nil }
    var columns = [Sheet.Column(title: title)]
    if isCounted {
      columns += [.init(title: "Pairs", isNumber: true), .init(title: "Responders", isNumber: true)]
    }
    var sheet = Sheet(caption: caption, columns: columns + metrics.map { .init(title: $0, isNumber: true) })
    sheet.rows = rows.map { row in
      var cells = [Sheet.Cell.text(row.kind.map { "\(row.name) (\($0))" } ?? row.name)]
      if isCounted { cells += [count(row.pairs), count(row.responders)] }
      return cells + row.estimates.map(cell)
    }
    return sheet
  }

  private func count(_ number: Int?) -> Sheet.Cell { number.map { .count($0) } ?? .number("\u{2013}", nil) }

  /// Mean and spread, and the interval below them.
  private func cell(_ estimate: Estimate) -> Sheet.Cell {
    guard let mean = estimate.mean else { return .reason("not estimable: \(estimate.reason ?? "no reason given")") }
    var drawn = Markup()
    drawn.element("span", ["class": "mean"], Wording.fixed(mean))
    if let deviation = estimate.deviation {
      drawn.element("span", ["class": "spread"], " \u{00B1} \(Wording.fixed(deviation))")
    }
    if let low = estimate.low, let high = estimate.high {
      drawn.element("span", ["class": "interval"], "\(Wording.fixed(low)) to \(Wording.fixed(high))")
    }
    return .drawn(drawn.text, mean)
  }
}
