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
