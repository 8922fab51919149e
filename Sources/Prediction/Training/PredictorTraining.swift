import Formats
import Matrices
import Networks
import Problems
import Randomness

/// The training of one fold's predictor by binary cross entropy, epoch by epoch, until the loss on the pairs that stop
/// it has not fallen for some.
///
/// The same data and settings give the same bits, on one lane and on two, in one go or taken up again from a state
/// that was kept after an epoch.
package final class PredictorTraining {
  package let settings: PredictorSettings
  package let fold: Int
  package let parts: FoldPlan.Parts
  package let predictor: ResponsePredictor
  private let data: PredictorData
  private let batches: PairBatches
  let lanes: Lanes
  let pool = BufferPool()
  var adam: Adam
  var random: SeededRandom
  var stopping: EarlyStopping
  package internal(set) var curve: [PredictorEpoch] = []
  /// The network's tensors after the best epoch.
  package internal(set) var best: [String: Safetensor] = [:]

  /// Pairs that are evaluated at once.
  private static let block = 1024

  /// Draws the first parameters from the seed and the fold.
  package init(_ data: PredictorData, parts: FoldPlan.Parts, fold: Int, settings: PredictorSettings, lanes: Lanes) {
    precondition(parts.training.count > 1 && !parts.stopping.isEmpty, "a fold of \(parts.training.count) pairs")
    (self.settings, self.fold, self.parts, self.data, self.lanes) = (settings, fold, parts, data, lanes)
    random = SeededRandom(seed: UInt64(settings.seed) &+ UInt64(fold + 1) << 32)
    let shape = ResponsePredictor.Shape(
      without: data.absent, genes: data.genes, rank: max(1, data.rank), head: settings.head)
    predictor = ResponsePredictor(shape, dropout: settings.dropout, pool: pool, using: &random)
    batches = PairBatches(data: data, lanes: lanes, pool: pool)
    adam = Adam(predictor.parameters, pool: pool)
    stopping = EarlyStopping(patience: settings.patience)
  }

  /// Whether all epochs are done, or the loss has not fallen for as many as the settings allow.
  package var isFinished: Bool { curve.count >= settings.epochs || stopping.isOver }

  /// Counted from 1; 0 before the first.
  package var bestEpoch: Int { stopping.best.map { $0.epoch + 1 } ?? 0 }

  /// Goes once through the pairs that train. Throws `PredictionError` `.diverged`.
  package func runEpoch() throws {
    let training = try train()
    let logits = Self.logits(predictor, batches, parts.stopping)
    let loss = PredictorScore.loss(logits: logits, labels: parts.stopping.map { data.pairs.labels[$0] })
    guard loss.isFinite else { throw diverged() }
    curve.append(PredictorEpoch(training: training, stopping: loss))
    if stopping.take(loss) { best = predictor.tensors }
  }

  /// The mean loss of the epoch's batches, by their pairs.
  private func train() throws -> Double {
    // BatchNorm has nothing to go by in a batch of one pair: such a rest stays out of its epoch.
    let order = BatchOrder(
      count: parts.training.count, batchSize: settings.batchSize,
      keepsRest: parts.training.count % settings.batchSize != 1)
    var (sum, count) = (0.0, 0)
    for batch in order.epoch(using: &random) {
      let loss = step(batch.map { parts.training[$0] }[...])
      guard loss.isFinite else { throw diverged() }
      sum += Double(loss) * Double(batch.count)
      count += batch.count
    }
    return sum / Double(count)
  }

  /// Takes one step of Adam; returns the loss before it.
  package func step(_ pairs: ArraySlice<Int>) -> Float {
    let tape = Tape(lanes: lanes, pool: pool)
    var pass = Pass.training(random)
    let logits = predictor(batches.inputs(pairs), &pass, on: tape)
    if let after = pass.random { random = after }
    let loss = logits.binaryCrossEntropy(batches.labels(pairs))
    let gradients = tape.gradients(of: loss, by: adam.parameters)
    adam.step(gradients, learningRate: settings.learningRate, lanes: lanes)
    return loss.value.scalar
  }

  private func diverged() -> PredictionError {
    PredictionError(
      .diverged, at: nil, "the loss is no finite number in epoch \(curve.count + 1) of fold \(fold)",
      remedy: "lower learning-rate")
  }

  /// Log odds of pairs by a network in evaluation.
  package static func logits(
    _ predictor: ResponsePredictor, _ data: PredictorData, _ pairs: [Int], lanes: Lanes, pool: BufferPool
  ) -> [Float] {
    logits(predictor, PairBatches(data: data, lanes: lanes, pool: pool), pairs)
  }

  private static func logits(_ predictor: ResponsePredictor, _ batches: PairBatches, _ pairs: [Int]) -> [Float] {
    stride(from: 0, to: pairs.count, by: block).flatMap { start in
      let tape = Tape(isRecording: false, lanes: batches.lanes, pool: batches.pool)
      var pass = Pass.evaluation
      return predictor(batches.inputs(pairs[start..<min(pairs.count, start + block)]), &pass, on: tape).value.values
    }
  }
}
