import Foundation
import Matrices
import Networks
import Randomness

/// A training by masked genes: the encoder, the samples that train, and those that are held out.
struct MaskedTraining: EpochTraining {
  let encoder: TrainableEncoder
  let settings: PretrainingSettings
  let trained: [[Int]]
  let heldOut: [MaskedSequence]
  private let mask: Int
  private let genes: Range<Int>
  private let lanes: Lanes
  private let pool = BufferPool()
  var adam: Adam
  var random: SeededRandom
  /// The mean loss over the held-out samples of a predictor that knows nothing but how often each token is among those
  /// that train, each counted once more.
  let trivialLoss: Double
  /// Mean losses of the epochs that are done.
  var losses: [Double] = []

  /// Sequences of gene tokens, all of which lie in `genes`.
  init(
    _ trained: [[Int]], heldOut: [[Int]], _ configuration: EncoderConfiguration, _ settings: PretrainingSettings,
    mask: Int, genes: Range<Int>, lanes: Lanes
  ) {
    (self.trained, self.settings, self.mask, self.genes, self.lanes) = (trained, settings, mask, genes, lanes)
    random = SeededRandom(seed: settings.seed)
    encoder = TrainableEncoder(configuration, pool: pool, using: &random)
    adam = Adam(encoder.parameters, pool: pool)
    var other = SeededRandom(seed: settings.seed &+ 1)
    self.heldOut = heldOut.map {
      MaskedSequence($0, mask: mask, genes: genes, share: settings.maskedShare, using: &other)
    }
    trivialLoss = Self.trivialLoss(trained, heldOut: self.heldOut, genes: genes)
  }

  var mostEpochs: Int { settings.epochs }

  var epochs: Int { losses.count }

  var isFinished: Bool { epochs >= mostEpochs }

  var outcome: String {
    func number(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
    return losses.last.map {
      "loss \(number($0)), held out \(number(heldOutLoss())), by frequency \(number(trivialLoss))"
    } ?? ""
  }

  /// Goes once through the samples that train, at the rate of a cosine from the settings' to none.
  mutating func runEpoch() throws {
    let schedule = CosineSchedule(initial: settings.learningRate, epochs: settings.epochs)
    let rate = schedule.rate(at: losses.count)
    let order = random.permutation(trained.count)
    let masked = order.map {
      MaskedSequence(trained[$0], mask: mask, genes: genes, share: settings.maskedShare, using: &random)
    }
    let tape = Tape(lanes: lanes, pool: pool)
    var (sum, count) = (0.0, 0)
    for batch in random.shuffled(batches(of: masked)) {
      let loss = encoder.loss(of: batch, on: tape)
      let places = batch.map(\.places.count).reduce(0, +)
      (sum, count) = (sum + Double(loss.value.scalar) * Double(places), count + places)
      adam.step(tape.gradients(of: loss, by: adam.parameters), learningRate: rate, lanes: lanes)
    }
    let loss = sum / Double(count)
    guard loss.isFinite else {
      throw EmbeddingError(.training, at: nil, "the loss is no number any more in epoch \(epochs + 1)")
    }
    losses.append(loss)
  }

  /// The mean loss over the held-out samples, whose masks are always the same.
  func heldOutLoss() -> Double {
    var (sum, count) = (0.0, 0)
    for batch in batches(of: heldOut) {
      let tape = Tape(isRecording: false, lanes: lanes, pool: pool)
      let places = batch.map(\.places.count).reduce(0, +)
      sum += Double(encoder.loss(of: batch, on: tape).value.scalar) * Double(places)
      count += places
    }
    return sum / Double(count)
  }

  private static func trivialLoss(_ trained: [[Int]], heldOut: [MaskedSequence], genes: Range<Int>) -> Double {
    var counts: [Int: Int] = [:]
    for token in trained.joined() { counts[token, default: 1] += 1 }
    let total = Double(trained.map(\.count).reduce(0, +) + genes.count)
    let labels = heldOut.flatMap(\.labels)
    return labels.reduce(0) { $0 - log(Double(counts[$1] ?? 1) / total) } / Double(labels.count)
  }

  /// Sequences of one length together, in their order, so that none is padded.
  private func batches(of sequences: [MaskedSequence]) -> [[MaskedSequence]] {
    Dictionary(grouping: sequences, by: \.tokens.count).sorted { $0.key < $1.key }.flatMap { _, group in
      stride(from: 0, to: group.count, by: settings.batchSize).map {
        Array(group[$0..<min(group.count, $0 + settings.batchSize)])
      }
    }
  }
}
