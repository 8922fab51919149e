import Foundation
import Report
import TestSupport
import Testing

@testable import Study

@Suite("Results of a study")
struct ResultsTests {
  private static let metrics = StudyMetrics(
    study: "sample",
    evaluations: [
      EvaluationContent(
        title: "Patients", method: "Two folds.", pairs: 8, responders: 5, metrics: ["AUROC"],
        models: [
          .init(
            name: "THERAPI", kind: "full", estimates: [Estimate(mean: 0.625, deviation: 0.25, low: 0.5, high: 0.75)]),
          .init(
            name: "mean of the drug", kind: "baseline",
            estimates: [Estimate(mean: nil, reason: "no pair has the label 0")]),
        ],
        tissues: [.init(name: "COAD", pairs: 7, responders: 4, estimates: [Estimate(mean: 0.75, low: 0.5, high: 1)])],
        withoutTissue: 1)
    ],
    heterogeneity: HeterogeneityContent(tissues: [
      .init(
        tissue: "COAD", patients: 5, least: 1, lowerQuartile: 1.25, median: 1.5, upperQuartile: 1.75, most: 2)
    ]),
    survival: SurvivalContent(
      method: "By the median.",
      rows: [
        .init(
          tissue: "COAD", endpoint: "OS", high: 2, low: 2, events: 0, hazardRatio: nil, lowerLimit: nil,
          upperLimit: nil, p: nil, q: nil, reason: "no sample has the event")
      ]),
    comparisons: [
      ComparisonContent(
        title: "MSI against MSS", method: "By the table.", firstGroup: "MSI", secondGroup: "MSS", leftOut: 2,
        rows: [
          .init(
            name: "5-FU", kind: .drug, first: .init(count: 3, median: 0.5, mean: 0.625),
            second: .init(count: 1, median: -1, mean: -1), mannWhitney: .init(superiority: 1, p: 0.5, q: 0.5),
            welch: .init(p: nil, q: nil, reason: "a group has fewer than two values"))
        ]),
      ComparisonContent(
        title: "Old against new", method: "By year.", firstGroup: "old", secondGroup: "new",
        reason: "no scored sample has a value in 'year'"),
    ])

  /// The interop tests hold the same file against schemas/metrics.schema.json.
  @Test("metrics.json has the form of its fixture, and is read again")
  func metrics() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Fixtures/metrics.json"
    ).path
    let recorded = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    #expect(try ReportFile.json(Self.metrics) == recorded)
    #expect(try ReportFile.read(StudyMetrics.self, path) == Self.metrics)
  }

  private static let splits = """
    sample,drug,label,fold
    a,X,1,0
    b,X,1,1
    c,X,0,1
    a,"Y, salt",0,0
    b,"Y, salt",0,1

    """

  private func baseline() throws -> DrugMeanBaseline {
    let folder = try TemporaryFolder()
    let path = folder.file("splits.csv")
    try Self.splits.write(toFile: path, atomically: true, encoding: .utf8)
    return try DrugMeanBaseline(splits: path)
  }

  @Test("the baseline knows a drug's training pairs and not those that are tested")
  func drugMeans() throws {
    let baseline = try baseline()
    #expect(baseline.folds == 2)
    // Fold 0 trains on one responder and one other of X: even odds. Exact up to rounding.
    #expect(abs(baseline.logit(of: "X", fold: 0)) < 1e-12)
    // Fold 1 trains on one responder: 1.5 against 0.5.
    #expect(abs(baseline.logit(of: "X", fold: 1) - log(3.0)) < 1e-12)
    #expect(abs(baseline.logit(of: "Y, salt", fold: 1) + log(3.0)) < 1e-12)
  }

  @Test("a drug that no fold trained on has the odds of all pairs")
  func unknownDrug() throws {
    // Fold 1 trains on one responder and one other.
    #expect(abs(try baseline().logit(of: "Z", fold: 1)) < 1e-12)
  }

  @Test("the baseline's table has a row a pair, quoted where a name needs it")
  func heldOut() throws {
    let lines = try baseline().heldOut.split(separator: "\n")
    #expect(lines.count == 6 && lines[0] == "sample,drug,label,fold,logit")
    #expect(lines[4].hasPrefix("a,\"Y, salt\",0,0,"))
  }
}
