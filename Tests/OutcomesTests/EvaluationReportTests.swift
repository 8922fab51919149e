import Cohorts
import Foundation
import Matrices
import Statistics
import TestSupport
import Testing

@testable import Outcomes

@Suite("Evaluation report")
struct EvaluationReportTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ text: String, _ name: String = "predictions.csv") throws -> String {
    try text.write(toFile: folder.file(name), atomically: true, encoding: .utf8)
    return folder.file(name)
  }

  private static let run = """
    sample,drug,label,fold,logit
    S0,5-FU,1,0,0.5
    S1,5-FU,0,0,-1.25
    S2,5-FU,0,0,0.75
    S0,Gefitinib,1,1,2
    S1,Gefitinib,0,1,-1
    S2,Gefitinib,1,1,-3
    S3,Gefitinib,-1,1,4
    S3,5-FU,1,2,1

    """

  @Test("judges a run as a whole, by fold, and by drug")
  func run() throws {
    let path = try write(Self.run)
    let report = try EvaluationReport(ScoredPairs(folder.path), settings: .init(by: "drug"))
    #expect(report.input == path && report.all.pairs == 7 && report.all.positive == 4 && report.unlabelled == 1)
    let tally = try ScoreTally(
      labels: [true, false, false, true, false, true, true], scores: [0.5, -1.25, 0.75, 2, -1, -3, 1])
    #expect(report.all.metrics == tally.metrics)
    #expect(report.folds?.map(\.name) == ["0", "1", "2"])
    #expect(report.folds?.map { $0.metrics[.auroc]?.value } == [0.5, 0.5, nil])
    #expect(report.overFolds?[.auroc]?.mean == .estimated(0.5) && report.overFolds?[.auroc]?.notEstimable == 1)
    #expect(report.groups.map(\.name) == ["5-FU", "Gefitinib"] && report.groups.map(\.pairs) == [4, 3])
    let json = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
    #expect(json.contains(#""reason":"no pair has the label 0""#) && json.contains(#""auroc":"#))
  }

  @Test("a store and its table give the same, whatever the lanes")
  func store() throws {
    let scores = try ScoredPairs(write(Self.run))
    var obs = Frame(indexName: "pair", index: scores.samples.indices.map(String.init))
    obs.set("sample", .categorical(scores.samples))
    obs.set("drug", .categorical(scores.drugs))
    obs.set("label", .int32s(scores.labels.map { $0.map { $0 ? 1 : 0 } ?? -1 }))
    obs.set("logit", .floats(scores.logits.map(Float.init)))
    let path = folder.file("cohort.scores.h5ad")
    try PairStore.write(
      to: path, name: "scores", obs: obs, blocks: [],
      by: .init(model: "", panelOrder: "", settings: [:], toolVersion: "0.1.0"), uns: [:]
    ) { _ in }
    let stored = try ScoredPairs(path)
    #expect(stored.samples == scores.samples && stored.labels == scores.labels && stored.logits == scores.logits)
    #expect(stored.folds == nil)
    let settings = EvaluationReport.Settings(resamples: 100, seed: 3)
    let (one, two) = (
      try EvaluationReport(stored, settings: settings),
      try EvaluationReport(scores, settings: settings, lanes: Lanes(2))
    )
    #expect(one.all == two.all && one.all.intervals?[.auroc]?.value != nil)
    #expect(one.folds == nil && one.groups.isEmpty && two.folds != nil)
  }

  private func words(_ values: [String: String]) throws -> SampleWords {
    let samples = values.keys.sorted()
    var obs = Frame(indexName: "sample", index: samples)
    obs.set("msi", .categorical(samples.map { values[$0] ?? "" }))
    var genes = Frame(indexName: "symbol", index: ["A"])
    genes.set("measured", .booleans([true]))
    let x = Matrix(rows: samples.count, columns: 1, values: samples.indices.map(Float.init))
    try Cohort(x: x, obs: obs, genes: genes).write(to: folder.file("cohort.h5ad"))
    return try SampleWords("msi", of: [folder.file("cohort.h5ad")])
  }

  @Test("groups by a column of the cohort, and counts the pairs that have none")
  func tissues() throws {
    let words = try words(["S0": "MSI", "S1": "MSS", "S2": "MSS", "S3": ""])
    let report = try EvaluationReport(ScoredPairs(write(Self.run)), settings: .init(by: "msi"), words: words)
    #expect(report.groups.map(\.name) == ["MSI", "MSS"] && report.groups.map(\.pairs) == [2, 4])
    #expect(report.withoutGroup == 1)
  }

  @Test("tells the same of each group without the whole report")
  func groupsAlone() throws {
    let words = try words(["S0": "MSI", "S1": "MSS", "S2": "MSS", "S3": ""])
    let scores = try ScoredPairs(write(Self.run))
    let settings = EvaluationReport.Settings(by: "msi", resamples: 10, seed: 3)
    let report = try EvaluationReport(scores, settings: settings, words: words)
    let groups = try EvaluationReport.groups(of: scores, settings: settings) { words.word(of: scores.samples[$0]) }
    #expect(groups.parts == report.groups && groups.without == 1)
    #expect(groups.parts[0].metrics[.auroc]?.reason == "no pair has the label 0")
    #expect(try EvaluationReport.groups(of: scores, settings: settings).parts.map(\.name) == ["5-FU", "Gefitinib"])
  }

  @Test(
    "names the row that is wrong",
    arguments: [
      ("sample,drug,label,logit\nS0,A,2,1\n", "predictions.csv:2:label: the pair 1 has the label 2.0"),
      ("sample,drug,label,logit\nS0,A,1,\n", "predictions.csv:2:logit: there is no logit"),
      ("sample,drug,label,fold,logit\nS0,A,1,x,1\n", "predictions.csv:2:fold: 'x' is not a number"),
      ("sample,drug,label,fold,logit\nS0,A,1,0.5,1\n", "predictions.csv:2:fold: '0.5' is no fold"),
      ("sample,drug,label\nS0,A,1\n", "predictions.csv:1:logit: there is no column 'logit'"),
    ])
  func badTables(text: String, complaint: String) throws {
    let path = try write(text)
    do {
      _ = try ScoredPairs(path)
      Issue.record("read")
    } catch {
      #expect("\(error)".contains(complaint), "\(error)")
    }
  }

  @Test("scores without any label cannot be judged")
  func unlabelled() throws {
    let scores = try ScoredPairs(write("sample,drug,label,logit\nS0,A,-1,1\nS1,A,,2\n"))
    let error = #expect(throws: OutcomeError.self) { try EvaluationReport(scores, settings: .init()) }
    #expect(error?.kind == .nothingToCompare)
  }
}
