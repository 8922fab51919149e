import Testing

@testable import Report

@Suite("Report page")
struct PageTests {
  @Test("escapes what the content says")
  func escapes() throws {
    let html = try ReportPage(SampleReport.content).html()
    #expect(html.contains("<h1>A title with &lt;angles&gt; &amp; &quot;quotes&quot;</h1>"))
    #expect(!html.contains("<b>Cetuximab"))
    #expect(html.contains("\\u003cb\\u003eCetuximab\\u003c/b\\u003e"))
  }

  @Test("says why a figure cannot be estimated")
  func reasons() throws {
    let html = try ReportPage(SampleReport.content).html()
    #expect(html.contains("not estimable: all labels are 1"))
    #expect(html.contains("not estimable: no events"))
    #expect(!html.contains(">nan<"))
  }

  @Test("shows groups with counts, both tests and the reason where there is none")
  func groups() throws {
    let html = try ReportPage(SampleReport.content).html()
    #expect(html.contains("<h3>MSI against MSS</h3>") && html.contains("Entropy of the mixture (nats)"))
    #expect(html.contains("3.8612") && html.contains(">0.034<") && html.contains("2 patients of the cohort in neither"))
    #expect(html.contains("not estimable: a group has fewer than two values"))
    #expect(html.contains("Not estimable: the scored samples have these values in 'year': old"))
  }

  @Test("a figure stands at its own width, below the comparison that it belongs to")
  func figures() throws {
    var content = SampleReport.content
    content.figures = [
      .init(
        section: .groups, title: "Boxes", caption: "",
        svg: "<svg viewBox=\"0 0 380 9\" width=\"380\" height=\"9\"></svg>",
        comparison: 0)
    ]
    let html = try ReportPage(content).html()
    let (figure, next) = (html.range(of: "width:380px"), html.range(of: "<h3>Old against new"))
    #expect(figure != nil && next != nil && figure?.lowerBound ?? html.endIndex < next?.lowerBound ?? html.startIndex)
  }

  @Test("shows measures by tissue, and the pairs that have none")
  func tissues() throws {
    let html = try ReportPage(SampleReport.content).html()
    #expect(html.contains("By tissue: 1") && html.contains("not estimable: no label is 0"))
    #expect(html.contains("1 pair of samples whose tissue is not known."))
  }

  @Test("names no address and forbids every request")
  func standsAlone() throws {
    let html = try ReportPage(SampleReport.content).html()
    #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("url("))
    #expect(html.contains("default-src 'none'"))
  }

  @Test("leaves out sections that have no content")
  func leavesOut() throws {
    let empty = ReportContent(title: "T", study: .init(name: "n", summary: "s", version: "0"))
    let html = try ReportPage(empty).html()
    #expect(!html.contains("id=\"patients\"") && !html.contains("id=\"survival\""))
    #expect(html.contains("id=\"provenance\"") && html.contains("Research use only"))
  }

  @Test("is the same for the same content")
  func isDeterministic() throws {
    #expect(try ReportPage(SampleReport.content).html() == ReportPage(SampleReport.content).html())
  }

  @Test("keeps patients with a known response when it must leave some out, and says where the rest is")
  func cut() throws {
    var content = SampleReport.content
    let predictions = SampleReport.predictions(patients: 9)
    content.predictions = predictions
    #expect(PageData.choose(predictions, within: PageBudget(pairs: 4)) == [0, 8])
    let html = try ReportPage(content, budget: PageBudget(pairs: 4)).html()
    #expect(html.contains("This page holds 2 of 9 patients") && html.contains("scores.csv"))
  }

  @Test("a page is as large as its budget allows, whatever the cohort", arguments: [50, 500, 5000])
  func size(patients: Int) throws {
    var content = SampleReport.content
    content.predictions = SampleReport.predictions(patients: patients)
    let size = try ReportPage(content, budget: PageBudget(pairs: 80)).html().utf8.count
    content.predictions = SampleReport.predictions(patients: 40)
    // Names and counts of patients have a few letters more.
    #expect(try size < ReportPage(content, budget: PageBudget(pairs: 80)).html().utf8.count + 400)
  }

  @Test("refuses numbers that do not belong to the lists beside them")
  func inconsistent() {
    var content = SampleReport.content
    content.predictions?.logits.values.removeLast()
    #expect(throws: ReportError.self) { try ReportPage(content) }
    content = SampleReport.content
    content.predictions?.labels.append(.init(patient: 99, drug: 0, value: 1))
    #expect(throws: ReportError.self) { try ReportPage(content) }
    content = SampleReport.content
    content.evaluations[0].metrics.append("AUPRC")
    #expect(throws: ReportError.self) { try ReportPage(content) }
  }
}
