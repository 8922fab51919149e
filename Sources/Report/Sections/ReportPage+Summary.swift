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
  }

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
      note += " (± \(Wording.fixed(deviation, 2)) over folds)"
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
