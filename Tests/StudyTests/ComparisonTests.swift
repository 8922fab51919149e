import Foundation
import Matrices
import Outcomes
import Report
import TestSupport
import Testing

@testable import Study

@Suite("Groups and tissues of a study")
struct ComparisonTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try write(
      """
      sample,drug,label,logit
      A,X,1,2
      B,X,0,-1
      C,X,1,1.5
      D,X,-1,-2
      A,Y,-1,0.5
      B,Y,-1,0.25
      C,Y,-1,-0.5
      D,Y,-1,-0.25

      """, "scores.csv")
    try write("sample,status,tissue\nA,MSI,colon\nB,MSS,colon\nC,MSI,lung\nD,MSS,lung\n", "words.csv")
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
  }

  private func comparison(_ first: String, _ second: String, title: String? = nil) throws -> ComparisonContent {
    let asked = StudyConfiguration.Comparison(
      title: title, column: "status", first: first, second: second,
      table: .init(file: folder.file("words.csv"), sample: nil, names: .sample))
    let words = try SampleWords("status", table: folder.file("words.csv"))
    let scores = try ScoredPairs(folder.file("scores.csv"))
    return try StudyComparison(asked) { try ScoredGroups(scores, words: words, pair: (first, second)) }.content()
  }

  @Test("two groups become rows with both tests, the smallest p first")
  func rows() throws {
    let content = try comparison("MSI", "MSS")
    #expect(content.title == "MSI against MSS" && content.method.contains("in the table words.csv"))
    #expect(content.rows.map(\.name) == ["X", "Y"] && content.rows.allSatisfy { $0.kind == .drug })
    // Both values of MSI above both of MSS: one order of six, two-sided 2/6.
    #expect(content.rows[0].mannWhitney.superiority == 1 && abs((content.rows[0].mannWhitney.p ?? 0) - 1 / 3) < 1e-12)
    #expect(content.rows[0].first == .init(count: 2, median: 1.75, mean: 1.75) && content.leftOut == 0)
    #expect(try comparison("MSI", "MSS", title: "Mine").title == "Mine")
  }

  @Test("a group that no patient is in is told, and stops no study")
  func absent() throws {
    let content = try comparison("MSI", "POLE")
    #expect(content.rows.isEmpty && content.reason?.contains("these values in 'status': MSI, MSS") == true)
  }

  @Test("whatever else is at fault is thrown on")
  func faults() throws {
    let asked = StudyConfiguration.Comparison(column: "age", first: "old", second: "new", table: nil)
    let error = #expect(throws: OutcomeError.self) {
      try StudyComparison(asked) {
        let words = try SampleWords("age", table: folder.file("words.csv"))
        return try ScoredGroups(ScoredPairs(folder.file("scores.csv")), words: words, pair: ("old", "new"))
      }
    }
    #expect(error?.kind == .missingColumn)
  }

  @Test("responders and non-responders are compared for the drugs that have both")
  func responders() throws {
    let scores = try ScoredPairs(folder.file("scores.csv"))
    let content = try StudyComparison(responders: { try ScoredGroups(responders: scores) }).content()
    #expect(content.rows.map(\.kind) == [.all, .drug] && content.rows[1].name == "X" && content.leftOut == 1)
    #expect(content.firstGroup == "responders" && content.rows[0].mannWhitney.superiority == 1)
    #expect(content.rows[0].mannWhitney.q == nil && content.rows[1].mannWhitney.q != nil)
    #expect(content.rows[1].welch.reason == "a group has fewer than two values")
  }

  @Test("measures are told by drug and by tissue, with the reason where a class is missing")
  func tissues() throws {
    let scores = try ScoredPairs(folder.file("scores.csv"))
    try write("sample,tissue\nA,colon\nB,colon\nD,lung\n", "some.csv")
    let content = try EvaluationBuilder(resamples: 10, lanes: Lanes(1)).content(
      "Patients", "", [.init(name: "THERAPI", kind: "full", scores: scores)],
      tissues: SampleWords("tissue", table: folder.file("words.csv")))
    #expect(content.tissues.map(\.name) == ["colon", "lung"] && content.withoutTissue == 0)
    #expect(content.tissues.map(\.pairs) == [2, 1] && content.tissues[0].estimates[0].mean == 1)
    #expect(content.tissues[1].estimates[0].reason == "no pair has the label 0")
    #expect(content.drugs.map(\.name) == ["X"])
    let some = try EvaluationBuilder(resamples: 10, lanes: Lanes(1)).content(
      "Patients", "", [.init(name: "THERAPI", kind: "full", scores: scores)],
      tissues: SampleWords("tissue", table: folder.file("some.csv")))
    #expect(some.tissues.map(\.name) == ["colon"] && some.withoutTissue == 1)
  }

  @Test("tables have a row for each figure, with the reason where there is none")
  func tables() throws {
    let content = try comparison("MSI", "MSS")
    let metrics = StudyMetrics(
      study: "s",
      evaluations: [
        EvaluationContent(
          title: "Patients", method: "", pairs: 3, responders: 2, metrics: ["AUROC"],
          models: [.init(name: "THERAPI", kind: "full", estimates: [Estimate(mean: 1)])],
          tissues: [.init(name: "lung", estimates: [Estimate(mean: nil, reason: "no pair has the label 0")])])
      ], comparisons: [content])
    let evaluations = StudyTables.evaluations(metrics)
    #expect(evaluations[1] == ["Patients", "THERAPI", "full", "AUROC", "1.0", "", "", "", ""])
    #expect(
      evaluations[2] == ["Patients", "lung", "tissue", "AUROC", "", "", "", "", "no pair has the label 0"])
    let comparisons = StudyTables.comparisons(metrics)
    #expect(comparisons.count == 3 && comparisons.allSatisfy { $0.count == comparisons[0].count })
    #expect(comparisons[1].prefix(7) == ["MSI against MSS", "X", "drug", "MSI", "MSS", "2", "2"])
  }
}
