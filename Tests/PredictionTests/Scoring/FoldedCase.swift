import Embedding
import Matrices
import Networks
import Randomness
import TestSupport

@testable import Prediction

/// Small networks with random numbers in all that is learnt, and samples and drugs for them.
struct FoldedCase {
  static let genes = 37
  static let rank = 11

  let shape: ResponsePredictor.Shape
  let pool = BufferPool()
  let network: PerturbationNetwork
  let predictors: [ResponsePredictor]
  let links: [Float]
  let order: ModelGenes
  let samples: FoldedPredictor.Samples
  let compounds: [Float]
  let counts: (samples: Int, drugs: Int)

  init(
    without absent: Set<PredictorBranch> = [], head: PredictorHead = .reference, folds: Int = 3, samples: Int = 9,
    drugs: Int = 5, seed: UInt64 = 3
  ) {
    var random = SeededRandom(seed: seed)
    func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in random.normal() } }
    shape = ResponsePredictor.Shape(
      without: absent, genes: Self.genes, rank: Self.rank, width: 24, head: head,
      hidden: head == .paper ? [13] : [20, 13])
    network = PerturbationNetwork(
      .init(genes: Self.genes, hidden: 6, transformer: .init(width: 8, layers: 1, heads: 2)), pool: pool,
      using: &random)
    for parameter in network.parameters where parameter.name.hasPrefix("feed_forward.0") {
      for place in 0..<parameter.value.count { parameter.value.pointer[place] += 0.3 * random.normal() }
    }
    predictors = (0..<folds).map { [shape, pool] _ in
      let predictor = ResponsePredictor(shape, pool: pool, using: &random)
      for buffer in predictor.buffers where !buffer.isCount {
        for place in 0..<buffer.value.count { buffer.value.pointer[place] = 0.2 + random.uniform() }
      }
      for parameter in predictor.parameters where parameter.value.shape.count == 1 {
        for place in 0..<parameter.value.count { parameter.value.pointer[place] += 0.4 * random.normal() }
      }
      return predictor
    }
    links = numbers(Self.genes).map { 1 + abs($0) }
    order = ModelGenes(panelPlaces: (0..<Self.genes).shuffled(using: &random))
    self.samples = .init(expression: numbers(samples * Self.genes), rank: numbers(samples * Self.rank))
    compounds = numbers(drugs * Self.genes).map { max(0, $0) }
    counts = (samples, drugs)
  }

  func folded(lanes: Int = 2, folds: Range<Int>? = nil) -> FoldedPredictor {
    FoldedPredictor(
      folds.map { Array(predictors[$0]) } ?? predictors, network: network, links: links, order: order,
      lanes: Lanes(lanes), pool: BufferPool())
  }

  /// Log odds by the folded predictor, (samples x drugs) x folds.
  func logits(_ folded: FoldedPredictor) -> [Float] {
    folded.logits(samples, count: counts.samples, folded.drugs(compounds))
  }

  /// The same through the networks as they train: expression after the drug, then each predictor in evaluation.
  func plainLogits() -> [Float] {
    let lanes = Lanes(1)
    let map = PerturbationMap(network, links: links, lanes: lanes, pool: pool)
    let (parts, drugs) = (map.samples(order.ordered(samples.expression)), map.drugs(order.ordered(compounds)))
    let pairs = (0..<counts.samples).flatMap { sample in (0..<counts.drugs).map { (sample: sample, drug: $0) } }
    let made = map.perturbed(parts, drugs, pairs: pairs)
    let perturbed = Tensor([pairs.count, Self.genes], pool: pool)
    for row in pairs.indices {
      order.unordered(made.pointer + row * Self.genes, into: perturbed.pointer + row * Self.genes)
    }
    let inputs: [PredictorBranch: ResponsePredictor.Input] = [
      .perturbation: .init(perturbed),
      .rank: .init(
        Tensor([counts.samples, Self.rank], samples.rank, pool: pool), rows: pairs.map(\.sample)),
      .drug: .init(Tensor([counts.drugs, Self.genes], compounds, pool: pool), rows: pairs.map(\.drug)),
    ]
    let folds = predictors.map { predictor in
      var pass = Pass.evaluation
      return predictor(inputs, &pass, on: Tape(isRecording: false, lanes: lanes, pool: pool)).value.values
    }
    return pairs.indices.flatMap { row in folds.map { $0[row] } }
  }
}
