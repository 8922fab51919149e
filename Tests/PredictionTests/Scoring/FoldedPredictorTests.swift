import TestSupport
import Testing

@testable import Prediction

@Suite("Predictors folded into matrices")
struct FoldedPredictorTests {
  /// Against the largest of the expected numbers: log odds near 0 are differences of larger ones.
  private static func distance(_ a: [Float], _ b: [Float]) -> Float {
    let size = b.map { abs($0) }.max() ?? 0
    return zip(a, b).map { abs($0 - $1) }.max().map { $0 / max(size, .leastNormalMagnitude) } ?? 0
  }

  private static let ablations: [Set<PredictorBranch>] = [
    [], [.rank], [.perturbation], [.drug], [.rank, .perturbation], [.rank, .drug],
  ]

  /// Sums of some dozens of single-precision terms in another order: 1e-5 is ten times what shows.
  @Test(
    "give the log odds of the networks that they are made of, with every branch or without",
    arguments: ablations, PredictorHead.allCases)
  func plain(absent: Set<PredictorBranch>, head: PredictorHead) {
    let example = FoldedCase(without: absent, head: head)
    let (folded, plain) = (example.logits(example.folded()), example.plainLogits())
    #expect(folded.count == 9 * 5 * 3 && plain.contains { $0 != plain[0] })
    #expect(Self.distance(folded, plain) <= 1e-5)
  }

  @Test(
    "give them for one fold, one drug and one sample too", arguments: [(1, 1, 1), (1, 40, 2), (2, 1, 7), (10, 3, 1)])
  func shapes(folds: Int, samples: Int, drugs: Int) {
    let example = FoldedCase(folds: folds, samples: samples, drugs: drugs, seed: UInt64(folds + samples))
    #expect(Self.distance(example.logits(example.folded()), example.plainLogits()) <= 1e-5)
  }

  @Test("give the same bits on one lane and on two", arguments: PredictorHead.allCases)
  func lanes(head: PredictorHead) {
    let example = FoldedCase(head: head, samples: 300, drugs: 20)
    #expect(example.logits(example.folded(lanes: 1)) == example.logits(example.folded(lanes: 2)))
  }

  @Test("give a pair the same bits whichever blocks go with its own")
  func blocks() {
    let example = FoldedCase(samples: 120, drugs: 20)
    let folded = example.folded()
    let (whole, block) = (example.logits(folded), FoldedPredictor.block(drugs: 20))
    let drugs = folded.drugs(example.compounds)
    for first in stride(from: 0, to: 120, by: block) {
      let rows = first..<min(120, first + block)
      let samples = FoldedPredictor.Samples(
        expression: Array(
          example.samples.expression[(rows.lowerBound * FoldedCase.genes)..<(rows.upperBound * FoldedCase.genes)]),
        rank: Array(example.samples.rank[(rows.lowerBound * FoldedCase.rank)..<(rows.upperBound * FoldedCase.rank)]))
      let own = folded.logits(samples, count: rows.count, drugs)
      #expect(own == Array(whole[(rows.lowerBound * 60)..<(rows.upperBound * 60)]))
    }
  }

  @Test("have a result for no samples")
  func nothing() {
    let example = FoldedCase(samples: 0)
    #expect(example.logits(example.folded()).isEmpty)
  }
}
