import Foundation
import Matrices
import TestSupport
import Testing

@testable import Statistics

@Suite("Measures of a classifier")
struct ClassificationTests {
  private func tally(_ labels: [Int], _ scores: [Double]) throws -> ScoreTally {
    try ScoreTally(labels: labels.map { $0 == 1 }, scores: scores)
  }

  @Test("agree with scikit-learn 1.9, with ties and without")
  func golden() throws {
    for entry in try TestsFixture.load().classification {
      let tally = try tally(entry.label, entry.score)
      let expected: [ClassificationMetric: Double] = [
        .auroc: entry.auroc, .auprc: entry.auprc, .accuracy: entry.accuracy, .precision: entry.precision,
        .recall: entry.recall, .f1: entry.f1, .mcc: entry.mcc, .brier: entry.brier,
      ]
      // Sums of at most 80 doubles in another order.
      for (metric, figure) in expected {
        let found = try #require(tally.metrics[metric]?.value)
        #expect(abs(found - figure) < 1e-13, "\(metric)")
        #expect(tally[metric].value == found)
      }
    }
  }

  @Test("have scikit-learn's points of both curves")
  func curves() throws {
    for entry in try TestsFixture.load().classification {
      let tally = try tally(entry.label, entry.score)
      let roc = try #require(ThresholdCurve.receiverOperating(tally).value).points
      #expect(roc.map(\.x) == entry.falsePositiveRate && roc.map(\.y) == entry.truePositiveRate)
      #expect(roc.first?.threshold == nil && roc.last?.threshold == entry.score.min())
      let curve = try #require(ThresholdCurve.precisionRecall(tally).value).points
      // scikit-learn ends where the recall is complete.
      #expect(Array(curve.map(\.x).prefix(entry.curveRecall.count)) == entry.curveRecall)
      #expect(Array(curve.map(\.y).prefix(entry.curveRecall.count)) == entry.curvePrecision)
    }
  }

  private struct Shared: Decodable {
    struct Case: Decodable {
      let label: [Int]
      let score: [Double]
      let auroc: Double
      let auprc: Double
      let accuracy: Double
      let precision: Double
      let recall: Double
      let f1: Double
      let mcc: Double
      let brier_of_sigmoid: Double
    }
    let cases: [Case]
  }

  @Test("agree with the shared figures", .enabled(if: SharedData.isPresent, "skips: no shared folder"))
  func shared() throws {
    let content = try Data(contentsOf: URL(fileURLWithPath: SharedData.golden("metrics.json")))
    for entry in try JSONDecoder().decode(Shared.self, from: content).cases {
      let tally = try tally(entry.label, entry.score)
      let pairs: [(ClassificationMetric, Double)] = [
        (.auroc, entry.auroc), (.auprc, entry.auprc), (.accuracy, entry.accuracy), (.precision, entry.precision),
        (.recall, entry.recall), (.f1, entry.f1), (.mcc, entry.mcc), (.brier, entry.brier_of_sigmoid),
      ]
      // Sums of 500 doubles in another order.
      for (metric, figure) in pairs {
        #expect(abs(try #require(tally[metric].value) - figure) < 1e-12, "\(metric)")
      }
    }
  }

  @Test("the area is the share of pairs in order, whatever the ties")
  func area() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<50 {
      let labels = (0..<30).map { _ in Int.random(in: 0...1, using: &generator) } + [0, 1]
      let scores = labels.map { _ in Double(Int.random(in: -4...4, using: &generator)) }
      var sum = 0.0
      for (a, first) in labels.enumerated() where first == 1 {
        for (b, second) in labels.enumerated() where second == 0 {
          sum += scores[a] > scores[b] ? 1 : scores[a] == scores[b] ? 0.5 : 0
        }
      }
      let pairs = Double(labels.count { $0 == 1 } * labels.count { $0 == 0 })
      #expect(agree(try #require(try tally(labels, scores)[.auroc].value), sum / pairs, to: 1e-14))
    }
  }

  @Test("say why there is no figure")
  func notEstimable() throws {
    let positives = try tally([1, 1], [0.3, -2])
    #expect(positives[.auroc] == .notEstimable("no pair has the label 0"))
    #expect(positives[.recall] == .estimated(0.5))
    #expect(positives[.mcc].value == nil)
    let negatives = try tally([0, 0], [-1, -2])
    #expect(negatives[.auprc] == .notEstimable("no pair has the label 1"))
    #expect(negatives[.precision] == .notEstimable("no pair is predicted positive"))
    #expect(negatives[.f1].value == nil && negatives[.accuracy] == .estimated(1))
    let none = try tally([], [])
    #expect(none.metrics.values.allSatisfy { $0.value == nil })
    #expect(ThresholdCurve.receiverOperating(none).reason == "there is no labelled pair")
  }

  @Test("refuse NaN and lists of unequal length")
  func errors() {
    let error = #expect(throws: StatisticsError.self) { try tally([0, 1], [0, .nan]) }
    #expect(error?.kind == .notFinite && error?.cause == "score 2 is nan")
    let uneven = #expect(throws: StatisticsError.self) { try tally([0], [0, 1]) }
    #expect(uneven?.kind == .mismatchedCounts)
  }

  @Test("over folds have a mean and the deviation of a sample, without the folds that give none")
  func folds() {
    let summary = FoldSummary([.estimated(0.5), .notEstimable("no pair has the label 0"), .estimated(0.75)])
    #expect(summary.mean == .estimated(0.625) && summary.folds == 2 && summary.notEstimable == 1)
    #expect(agree(summary.standardDeviation.value ?? .nan, 0.125 * 2.0.squareRoot(), to: 1e-15))
    #expect(FoldSummary([.estimated(1)]).standardDeviation.value == nil)
    #expect(FoldSummary([.notEstimable("why")]).mean == .notEstimable("in no fold: why"))
  }
}

@Suite("Bootstrap intervals")
struct BootstrapTests {
  private func example(_ count: Int, seed: UInt64) throws -> ScoreTally {
    var generator = SeededGenerator(seed: seed)
    let labels = (0..<count).map { $0 % 3 == 0 }
    let scores = labels.map { Double.random(in: -1...1, using: &generator) + ($0 ? 0.5 : -0.2) }
    return try ScoreTally(labels: labels, scores: scores)
  }

  @Test("are the same on one lane and on two, and change with the seed")
  func deterministic() throws {
    let tally = try example(90, seed: 1)
    let one = Bootstrap(resamples: 200, seed: 7).intervals(of: tally)
    #expect(Bootstrap(resamples: 200, seed: 7).intervals(of: tally, lanes: Lanes(2)) == one)
    #expect(Bootstrap(resamples: 200, seed: 8).intervals(of: tally) != one)
    #expect(one.values.allSatisfy { $0.value.map { $0.lower < $0.upper } == true })
  }

  @Test("hold the figure, and are as wide as the normal approximation of Hanley and McNeil says")
  func width() throws {
    let tally = try example(300, seed: 2)
    let area = try #require(tally[.auroc].value)
    let intervals = Bootstrap(resamples: 1_000, seed: 1).intervals(of: tally)
    let interval = try #require(intervals[.auroc]?.value)
    #expect(interval.lower < area && area < interval.upper)
    let (q1, q2) = (area / (2 - area), 2 * area * area / (1 + area))
    let variance = (area * (1 - area) + 99 * (q1 - area * area) + 199 * (q2 - area * area)) / (100.0 * 200)
    // Hanley and McNeil's formula assumes exponential scores; these are uniform.
    #expect(agree(interval.upper - interval.lower, 2 * 1.96 * variance.squareRoot(), to: 0.25))
  }

  @Test("are not estimable where a class is missing, or most resamples give no figure")
  func notEstimable() throws {
    let one = try ScoreTally(labels: [true, true], scores: [1, 2])
    let intervals = Bootstrap(resamples: 50, seed: 1).intervals(of: one)
    #expect(intervals[.auroc] == .notEstimable("no pair has the label 0"))
    let timid = try ScoreTally(
      labels: [true, false, false, false, false], scores: [-1, 0.1, -2, -3, -4])
    let precision = Bootstrap(resamples: 100, seed: 1).intervals(of: timid)[.precision]
    #expect(precision?.reason?.hasSuffix("of 100 resamples give a figure") == true)
  }
}
