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
    if !content.evaluations.isEmpty { measures(into: &page) }
    figures(of: .performance, into: &page)
  }

  private func measures(into page: inout Markup) {
    page.element("details") { page in
      page.element("summary", "What the models and measures are")
      page.element("dl", ["class": "glossary"]) { page in
        for (word, meaning) in Self.words {
          page.element("dt", word)
          page.element("dd", meaning)
        }
      }
    }
  }

  private static let words: KeyValuePairs = [
    "Full, ablation, baseline":
      "The whole model; the model without one of its parts, to see what the part gives; and a rule that knows the drug "
      + "and nothing of the sample.",
    "AUROC": "The chance that a responder has a higher prediction than a non-responder. A guess has 0.5.",
    "AUPRC": "The mean share of responders among the highest predictions. A guess has the share of responders.",
    "Accuracy, precision, recall, F1":
      "With a probability above 0.5 taken for a response: right predictions; responders among those predicted to "
      + "respond; responders found; the harmonic mean of the last two. They depend on the threshold, the two above not.",
    "Not estimable":
      "A measure that the pairs at hand do not give, with the reason: such as a group without responders.",
  ]

  private func folded(
    _ rows: [EvaluationContent.Row], named title: String, by word: String, in evaluation: EvaluationContent,
    into page: inout Markup
  ) {
    guard !rows.isEmpty else { return }
    page.element("details") { page in
      page.element("summary", "By \(word): \(rows.count)")
      page.element(
        "p", ["class": "hint"],
        "The first model of the table above, all folds together; below each figure its 95 % bootstrap interval.")
      sheet(of: rows, named: title, metrics: evaluation.metrics, caption: "\(evaluation.title), by \(word)")
        .write(into: &page)
      let without = word == "tissue" ? evaluation.withoutTissue ?? 0 : 0
      if without > 0 {
        page.element(
          "p", ["class": "hint"], "\(Wording.counted(without, "pair")) of samples whose tissue is not known.")
      }
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
    drawn.element("span", ["class": "estimate"]) { drawn in
      drawn.element("span", ["class": "mean"], Wording.fixed(mean))
      if let deviation = estimate.deviation {
        drawn.element("span", ["class": "spread"], " \u{00B1} \(Wording.fixed(deviation))")
      }
    }
    if let low = estimate.low, let high = estimate.high {
      drawn.element("span", ["class": "interval"], "\(Wording.fixed(low)) to \(Wording.fixed(high))")
    }
    return .drawn(drawn.text, mean)
  }
}
