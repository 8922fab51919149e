import Matrices
import Networks
import Randomness
import Testing

@testable import Alignment

@Suite("Aligner on one lane and two")
struct AlignerLanesTests {
  /// 300 cell lines of 70 genes: products, normalisations and sums are all cut in two.
  @Test("takes the same training step, bit for bit")
  func step() {
    #expect(AlignerLanesTests.train(lanes: 1) == AlignerLanesTests.train(lanes: 2))
  }

  /// The bits of all parameters after a step, and of the loss before it.
  private static func train(lanes count: Int) -> [UInt32] {
    let (lanes, pool) = (Lanes(count), BufferPool())
    var random = SeededRandom(seed: 5)
    let aligner = Aligner(.init(genes: 70, tissues: 3, latent: 32), pool: pool, using: &random)
    let objective = AlignerObjective(
      reconstruction: 0.2, classification: 0.8, center: 0.4, averagesGenes: true, averagesCenters: true,
      scalesScores: true)
    func batch(_ rows: Int) -> AlignerObjective.Batch {
      .init(
        x: Tensor(normal: [rows, 70], pool: pool, using: &random), tissues: (0..<rows).map { _ in random.below(3) })
    }
    let (source, target) = (batch(300), batch(50))
    let tape = Tape(lanes: lanes, pool: pool)
    var adam = Adam(aligner.parameters, pool: pool)
    let total = objective.run(aligner, source: source, target: target, on: tape).total
    adam.step(tape.gradients(of: total, by: adam.parameters), learningRate: 1e-3, lanes: lanes)
    return [total.value.scalar.bitPattern] + adam.parameters.flatMap { $0.value.values.map(\.bitPattern) }
  }
}
