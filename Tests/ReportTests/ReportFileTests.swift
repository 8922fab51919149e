import Foundation
import Testing

@testable import Report

@Suite("Content of a report as JSON")
struct ReportFileTests {
  @Test("what is written is read again")
  func roundTrip() throws {
    let path = NSTemporaryDirectory() + "report-\(UUID().uuidString).json"
    defer { unlink(path) }
    try ReportFile.json(SampleReport.content).write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try ReportFile.read(path) == SampleReport.content)
  }

  @Test("an error names the value that is at fault")
  func places() throws {
    let path = NSTemporaryDirectory() + "report-\(UUID().uuidString).json"
    defer { unlink(path) }
    let text = try ReportFile.json(SampleReport.content)
      .replacingOccurrences(of: "\"samples\" : 1592", with: "\"samples\" : \"x\"")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let error = #expect(throws: ReportError.self) { try ReportFile.read(path) }
    #expect(error?.place?.field == "cohorts.0.samples")
  }
}

@Suite("Wording of numbers")
struct WordingTests {
  @Test("counts have separators", arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")])
  func counts(number: Int, words: String) {
    #expect(Wording.count(number) == words)
  }

  @Test("nothing is shown as minus zero")
  func zero() {
    #expect(Wording.fixed(-0.0001) == "0.000")
    #expect(Wording.fixed(-0.5, 1) == "\u{2212}0.5")
  }

  @Test("small probabilities keep two digits", arguments: [(0.5, "0.50"), (0.0123, "0.012"), (0.00001, "< 0.0001")])
  func probabilities(p: Double, words: String) {
    #expect(Wording.probability(p) == words)
  }

  @Test("values that hardly differ get more decimals", arguments: [(0.0, 2), (1, 2), (0.5, 3), (0.02, 4), (1e-6, 4)])
  func decimals(span: Double, decimals: Int) {
    #expect(Wording.decimals(for: span) == decimals)
  }
}
