extension ReportPage {
  func summary(into page: inout Markup) {
    page.element("div", ["class": "tiles"]) { page in
      for cohort in content.cohorts {
        page.tile(Wording.count(cohort.samples), cohort.role, cohort.title)
      }
      if let predictions = content.predictions {
        page.tile(
          Wording.count(predictions.patients.count * predictions.drugs.count), "predictions",
          "\(Wording.counted(predictions.patients.count, "patient")), "
            + "\(Wording.counted(predictions.drugs.count, "drug"))")
      }
      for evaluation in content.evaluations.prefix(2) { tile(evaluation, into: &page) }
    }
    page.element("div", ["class": "notice", "role": "note"]) { page in
      page.element("h3", "Read this first")
      page.element("dl") { page in
        for caveat in [researchUse] + content.caveats {
          page.element("dt", caveat.title)
          page.element("dd", caveat.text)
        }
      }
    }
    glossary(into: &page)
  }

  private func glossary(into page: inout Markup) {
    page.element("details") { page in
      page.element("summary", "Words used on this page")
      page.element("dl", ["class": "glossary"]) { page in
        for (word, meaning) in Self.words {
          page.element("dt", word)
          page.element("dd", meaning)
        }
      }
    }
  }

  private static let words: KeyValuePairs = [
    "Response": "Of a cell line: sensitive to the drug by its IC50; of a patient: by the words of the clinical record. "
      + "Which words and values count is told by the cohorts' configurations.",
    "Alignment, mixture": "Each patient's expression is written as a weighted mean of cell lines. The weights are the "
      + "mixture; what the lines know of drugs is carried over through it.",
    "Heterogeneity, entropy": "How evenly the weights are spread over the lines, in nats.",
    "Log odds (logit)":
      "The logarithm of probability / (1 \u{2212} probability): 0 is 50 %, 2 is 88 %, \u{2212}2 is 12 %.",
    "Folds":
      "The training pairs were cut into parts, and one model trained for each part without it. \u{00B1} and bands are "
      + "standard deviations over these models: how far they disagree, not all that is uncertain.",
    "95 % interval":
      "From resampling the pairs (bootstrap), or of a fitted model. One that holds a guess's value shows "
      + "nothing.",
    "p, q": "p of a test by itself; q corrects it for the number of tests (Benjamini and Hochberg).",
  ]

  private var researchUse: ReportContent.Caveat {
    ReportContent.Caveat(
      title: "Research use only",
      text: "Predictions come from models of cell lines. None has been validated for choosing a treatment.")
  }

  private func tile(_ evaluation: EvaluationContent, into page: inout Markup) {
    guard let metric = evaluation.metrics.first, let estimate = evaluation.models.first?.estimates.first else { return }
    guard let mean = estimate.mean else {
      return page.tile("n/e", metric, "\(evaluation.title): not estimable")
    }
    var note = evaluation.title
    // The interval is of the folds' mean log odds, beside whose figure alone it could stand.
    if let deviation = estimate.deviation {
      note += " (± \(Wording.fixed(deviation, deviation < 0.01 ? 3 : 2)) over folds)"
    } else if let low = estimate.low, let high = estimate.high {
      note += " (\(Wording.fixed(low, 2)) to \(Wording.fixed(high, 2)))"
    }
    page.tile(Wording.fixed(mean, 2), metric, note)
  }
}

extension Markup {
  /// A number in large type with what it counts.
  fileprivate mutating func tile(_ number: String, _ what: String, _ note: String) {
    element("div", ["class": "tile"]) { page in
      page.element("p", ["class": "tile-number"], number)
      page.element("p", ["class": "tile-what"], what)
      page.element("p", ["class": "tile-note"], note)
    }
  }
}
