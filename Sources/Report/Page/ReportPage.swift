/// The report as one HTML page that needs nothing but itself.
package struct ReportPage {
  let content: ReportContent
  let budget: PageBudget

  /// Throws `.inconsistent` where lists of the content do not belong together.
  package init(_ content: ReportContent, budget: PageBudget = PageBudget()) throws(ReportError) {
    try content.check()
    (self.content, self.budget) = (content, budget)
  }

  /// A part of the page that the contents list.
  private struct Part {
    var anchor: String
    var title: String
    var write: (inout Markup) throws -> Void
  }

  /// The page. Nothing in it is fetched, and its policy forbids that anything be.
  package func html() throws -> String {
    var page = Markup()
    page.add(verbatim: "<!DOCTYPE html>\n")
    try page.nest("html", ["lang": "en"]) { page in
      head(into: &page)
      try page.nest("body") { page in
        page.element("a", ["class": "skip", "href": "#content"], "Skip to the content")
        let parts = self.parts
        masthead(into: &page)
        try page.nest("div", ["class": "layout"]) { page in
          contents(parts, into: &page)
          try page.nest("main", ["id": "content"]) { page in
            for part in parts {
              try page.nest("section", ["id": part.anchor, "aria-labelledby": "\(part.anchor)-title"]) { page in
                page.element("h2", ["id": "\(part.anchor)-title"], part.title)
                try part.write(&page)
              }
            }
          }
        }
        page.element("footer") { page in
          page.element(
            "p", "Made by therapi \(content.study.version). For research use only; not for decisions on care.")
        }
        if let predictions = content.predictions {
          let data = try PageData(predictions, within: budget).json()
          page.element("script", ["type": "application/json", "id": "data"]) { $0.add(verbatim: data) }
        }
        page.element("script") { $0.add(verbatim: PageScript.tables + PageScript.explorer + PageScript.start) }
      }
    }
    return page.text + "\n"
  }

  private func head(into page: inout Markup) {
    page.element("head") { page in
      page.void("meta", ["charset": "utf-8"])
      page.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      page.void("meta", ["name": "color-scheme", "content": "light dark"])
      page.void(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:",
        ])
      page.element("title", content.title)
      page.element("style") { $0.add(verbatim: PageStyle.sheet) }
    }
  }

  private func masthead(into page: inout Markup) {
    let study = content.study
    page.element("header", ["class": "masthead"]) { page in
      page.element("div", ["class": "masthead-words"]) { page in
        page.element("p", ["class": "kicker"]) { page in
          page.add("THERAPI study report \u{00B7} \(study.name)")
          if let date = study.date { page.add(" \u{00B7} \(date)") }
        }
        page.element("h1", content.title)
        page.element("p", ["class": "lead"], study.summary)
      }
      page.element("button", ["type": "button", "id": "theme", "class": "quiet", "hidden": "hidden"], "Dark / light")
    }
  }

  private func contents(_ parts: [Part], into page: inout Markup) {
    page.element("nav", ["aria-label": "Contents"]) { page in
      page.element("ol") { page in
        for part in parts {
          page.element("li") { $0.element("a", ["href": "#\(part.anchor)"], part.title) }
        }
      }
    }
  }

  private var parts: [Part] {
    var parts = [Part(anchor: "summary", title: "At a glance") { summary(into: &$0) }]
    if let predictions = content.predictions {
      parts.append(Part(anchor: "patients", title: "Patient explorer") { patientExplorer(predictions, into: &$0) })
      parts.append(Part(anchor: "drugs", title: "Drug explorer") { drugExplorer(predictions, into: &$0) })
    }
    if !content.evaluations.isEmpty || has(.performance) {
      parts.append(Part(anchor: "performance", title: "How good the predictions are") { performance(into: &$0) })
    }
    if !content.cohorts.isEmpty {
      parts.append(Part(anchor: "cohorts", title: "Cohorts") { cohorts(into: &$0) })
    }
    if content.alignment != nil || has(.alignment) {
      parts.append(Part(anchor: "alignment", title: "Alignment") { alignment(into: &$0) })
    }
    if content.heterogeneity != nil || has(.heterogeneity) {
      parts.append(Part(anchor: "heterogeneity", title: "Heterogeneity") { heterogeneity(into: &$0) })
    }
    if content.survival != nil || has(.survival) {
      parts.append(Part(anchor: "survival", title: "Survival") { survival(into: &$0) })
    }
    if !content.comparisons.isEmpty || has(.groups) {
      parts.append(Part(anchor: "groups", title: "Groups of patients") { groups(into: &$0) })
    }
    parts.append(Part(anchor: "provenance", title: "Provenance") { provenance(into: &$0) })
    return parts
  }

  private func has(_ section: FigureContent.Section) -> Bool { content.figures.contains { $0.section == section } }
}
