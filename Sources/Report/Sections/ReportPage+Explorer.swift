extension ReportPage {
  func patientExplorer(_ predictions: PredictionContent, into page: inout Markup) {
    page.element("p", "\(predictions.method) \(extent(of: predictions))")
    page.element("div", ["class": "explorer"]) { page in
      picker(of: "patient", plural: "patients", hint: "Part of a name or tissue", into: &page)
      page.element("div", ["class": "picked", "id": "patient", "aria-live": "polite"]) { page in
        page.element("p", ["class": "reason"], "This part needs JavaScript, which this page carries itself.")
      }
    }
  }

  func drugExplorer(_ predictions: PredictionContent, into page: inout Markup) {
    page.element("p", "One drug over all patients that the page holds, ranked by predicted response.")
    // Its elements lend their namespace to the script's pictures, so that the page names no address at all.
    page.add(verbatim: "<svg id=\"shapes\" width=\"0\" height=\"0\" aria-hidden=\"true\"></svg>")
    page.element("div", ["class": "explorer"]) { page in
      picker(of: "drug", plural: "drugs", hint: "Part of a name", into: &page)
      page.element("div", ["class": "picked", "id": "drug", "aria-live": "polite"]) { page in
        page.element("p", ["class": "reason"], "This part needs JavaScript, which this page carries itself.")
      }
    }
  }

  private func picker(of thing: String, plural: String, hint: String, into page: inout Markup) {
    page.element("div", ["class": "picker"]) { page in
      page.element("label", ["for": "\(thing)-search"], "Find a \(thing)")
      page.void(
        "input",
        ["type": "search", "id": "\(thing)-search", "autocomplete": "off", "placeholder": hint])
      page.element("label", ["for": "\(thing)-list", "class": "unseen"], "List of \(plural)")
      page.element("select", ["id": "\(thing)-list", "size": "14"]) { _ in }
      page.element("p", ["class": "hint", "id": "\(thing)-count"], "")
    }
  }

  /// Whether the page holds all predictions, and where the others are.
  private func extent(of predictions: PredictionContent) -> String {
    let held = PageData.choose(predictions, within: budget).count
    guard held < predictions.patients.count else { return "All predictions are also in \(predictions.file)." }
    return "This page holds \(Wording.count(held)) of \(Wording.count(predictions.patients.count)) patients, those "
      + "with a known response first; all of them are in \(predictions.file)."
  }
}
