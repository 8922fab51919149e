extension ReportPage {
  func cohorts(into page: inout Markup) {
    var sheet = Sheet(
      caption: "What went in",
      columns: [
        .init(title: "Cohort"), .init(title: "Role"), .init(title: "Samples", isNumber: true),
        .init(title: "Genes measured", isNumber: true), .init(title: "Unit"), .init(title: "Assay"),
        .init(title: "Known responses", isNumber: true), .init(title: "Drugs", isNumber: true),
      ])
    sheet.rows = content.cohorts.map { cohort in
      [
        .text(cohort.title), .text(cohort.role), .count(cohort.samples),
        .number(
          "\(Wording.count(cohort.measuredGenes)) of \(Wording.count(cohort.genes))", Double(cohort.measuredGenes)),
        .text(cohort.unit), .text(cohort.assay), .count(cohort.responses), .count(cohort.drugs),
      ]
    }
    sheet.write(into: &page)
    for cohort in content.cohorts {
      tissues(of: cohort, into: &page)
      dropped(from: cohort, into: &page)
    }
    figures(of: .cohorts, into: &page)
  }

  private func tissues(of cohort: CohortContent, into page: inout Markup) {
    guard cohort.tissues.count > 1 else { return }
    let most = cohort.tissues.map(\.count).max() ?? 1
    page.element("details") { page in
      page.element("summary", "\(cohort.title): \(cohort.tissues.count) tissues")
      var sheet = Sheet(
        caption: "Tissues of \(cohort.title)",
        columns: [.init(title: "Tissue"), .init(title: "Samples", isNumber: true), .init(title: "Share")])
      sheet.shown = 60
      sheet.rows = cohort.tissues.map { tissue in
        [
          .text(tissue.name), .count(tissue.count),
          .drawn(Drawing.bar(Double(tissue.count) / Double(max(1, most))), Double(tissue.count)),
        ]
      }
      sheet.write(into: &page)
    }
  }

  private func dropped(from cohort: CohortContent, into page: inout Markup) {
    guard !cohort.dropped.isEmpty else { return }
    page.element("details", ["open": "open"]) { page in
      page.element("summary", "\(cohort.title): what was left out, and why")
      var sheet = Sheet(
        caption: "Left out of \(cohort.title)",
        columns: [.init(title: "Reason"), .init(title: "Kind"), .init(title: "Count", isNumber: true)])
      sheet.rows = cohort.dropped.map { [.text(Wording.sentence($0.reason)), .text($0.kind), .count($0.count)] }
      sheet.write(into: &page)
    }
  }
}
