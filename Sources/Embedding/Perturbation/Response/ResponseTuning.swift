import Formats
import Matrices
import Networks
import Problems
import Randomness

/// Tunes a perturbation model with a head to ln IC50 by the mean squared error, epoch by epoch.
///
/// The model itself computes as in evaluation throughout: no dropout, and its batch normalisation by the means that it
/// came with, so that a drug's compound is the same in every batch; only then does it pay to encode each drug of a batch
/// once. The same examples and settings give the same bits, in one go or taken up again.
package final class ResponseTuning {
  /// What an epoch came to: root mean squared errors in ln IC50.
  package struct Epoch: Sendable, Equatable, Codable {
    package let training: Double
    package let validation: Double
  }

  /// What is known of drugs, or of nothing: predictors beside which a model has to stand.
  struct Baseline: Sendable, Equatable {
    /// Of all pairs that train.
    let mean: Double
    let deviation: Double
    /// One a drug; the mean of all where no pair of it trains.
    let drugs: [Double]
  }

  package let settings: ResponseTuningSettings
  let examples: ResponseExamples
  let split: ResponseSplit
  let baseline: Baseline
  let network: PerturbationNetwork
  let head: ResponseHead
  let base: String
  private let links: Tensor
  private let expression: Tensor
  /// Drugs x genes, where the weights are frozen.
  private let compounds: Tensor?
  private let lanes: Lanes
  private let pool = BufferPool()
  var adam: Adam
  var random: SeededRandom
  var stopping: EarlyStopping
  package internal(set) var curve: [Epoch] = []
  /// The tensors of head and model after the best epoch.
  var best: [String: Safetensor] = [:]

  /// Throws `EmbeddingError` `.training` where there are too few responses.
  package init(
    _ model: PerturbationModel, _ examples: ResponseExamples, settings: ResponseTuningSettings, lanes: Lanes
  ) throws {
    (self.examples, self.settings, self.lanes) = (examples, settings, lanes)
    base = model.fingerprint
    random = SeededRandom(seed: UInt64(settings.seed))
    split = try ResponseSplit(examples, settings, using: &random)
    baseline = Baseline(examples, split.training)
    network = try model.network(pool: pool)
    head = ResponseHead(
      genes: network.shape.genes, width: settings.width, dropout: settings.dropout, pool: pool, using: &random)
    let free = settings.weights == .free ? network.parameters : []
    adam = Adam(free + head.parameters, pool: pool)
    stopping = EarlyStopping(patience: settings.patience)
    links = Tensor([model.links.count], model.links, pool: pool)
    expression = Tensor([examples.samples, network.shape.genes], examples.expression, pool: pool)
    guard settings.weights == .frozen else {
      compounds = nil
      return
    }
    let map = PerturbationMap(network, links: model.links, lanes: lanes, pool: pool)
    compounds = Tensor(
      [examples.molecules.count, network.shape.genes],
      examples.molecules.flatMap { map.compound($0, examples.condition) }, pool: pool)
  }

  package var isFinished: Bool { curve.count >= settings.epochs || stopping.isOver }

  private var schedule: CosineSchedule { CosineSchedule(initial: settings.learningRate, epochs: settings.epochs) }

  /// Goes once through the pairs that train, then judges. Throws `.diverged` where the loss is no number any more.
  package func runEpoch() throws {
    // A last batch of one would have no variance, so one is never made.
    let order = BatchOrder(
      count: split.training.count, batchSize: min(settings.batchSize, split.training.count),
      keepsRest: split.training.count % settings.batchSize != 1)
    let (rate, tape) = (schedule.rate(at: curve.count), Tape(lanes: lanes, pool: pool))
    var (sum, count) = (0.0, 0)
    for batch in order.epoch(using: &random) {
      var pass = Pass.training(random)
      let rows = batch.map { split.training[$0] }
      let loss = loss(of: rows, &pass, on: tape)
      random = pass.random ?? random
      let value = Double(loss.value.scalar)
      guard value.isFinite else {
        throw EmbeddingError(
          .diverged, at: nil, "the loss is no finite number in epoch \(curve.count + 1)",
          remedy: "lower the learning rate")
      }
      (sum, count) = (sum + value * Double(rows.count), count + rows.count)
      adam.step(tape.gradients(of: loss, by: adam.parameters), learningRate: rate, lanes: lanes)
    }
    let judged = error(of: split.validation)
    curve.append(Epoch(training: (sum / Double(count)).squareRoot() * baseline.deviation, validation: judged))
    if stopping.take(judged) { best = tensors }
  }

  /// The numbers of head and model as they are now.
  var tensors: [String: Safetensor] {
    var tensors = network.tensors.merging(head.parameters.tensors) { $1 }
    for buffer in head.buffers { tensors[buffer.name] = Safetensor(shape: buffer.value.shape, buffer.value.values) }
    return tensors
  }

  /// Takes the numbers of a state, or of the best epoch.
  func fill(from file: SafetensorsFile) throws {
    try network.fill(from: file)
    try head.parameters.fill(from: file)
    for buffer in head.buffers { buffer.value.fill(try file.floats(buffer.name, shape: buffer.value.shape)) }
  }

  // MARK: Errors

  /// The root mean squared error of the model on some pairs, in ln IC50.
  func error(of rows: [Int]) -> Double {
    Self.rootMean(rows, predictions(of: rows).map { Double($0) * baseline.deviation + baseline.mean }, examples)
  }

  /// The same of two predictors that know no cell line: the drug's mean, and the mean of all.
  func trivialErrors(of rows: [Int]) -> (drugMean: Double, mean: Double) {
    (
      Self.rootMean(rows, rows.map { baseline.drugs[examples.pairs[$0].drug] }, examples),
      Self.rootMean(rows, rows.map { _ in baseline.mean }, examples)
    )
  }

  private static func rootMean(_ rows: [Int], _ predictions: [Double], _ examples: ResponseExamples) -> Double {
    let squares = zip(rows, predictions).map { row, predicted in
      (examples.values[row] - predicted) * (examples.values[row] - predicted)
    }
    return (squares.reduce(0, +) / Double(max(1, rows.count))).squareRoot()
  }

  /// In units of the deviation of the pairs that train, from their mean.
  private func predictions(of rows: [Int]) -> [Float] {
    stride(from: 0, to: rows.count, by: PerturbationMap.block).flatMap { start in
      let part = Array(rows[start..<min(rows.count, start + PerturbationMap.block)])
      var pass = Pass.evaluation
      return output(of: part, &pass, on: Tape(isRecording: false, lanes: lanes, pool: pool)).value.values
    }
  }

  // MARK: The computation

  func loss(of rows: [Int], _ pass: inout Pass, on tape: Tape) -> Variable {
    let values = rows.map { Float((examples.values[$0] - baseline.mean) / baseline.deviation) }
    return output(of: rows, &pass, on: tape)
      .meanSquaredError(to: tape.constant(Tensor([rows.count, 1], values, pool: pool)))
  }

  /// Pairs x 1.
  private func output(of rows: [Int], _ pass: inout Pass, on tape: Tape) -> Variable {
    let before = tape.constant(expression).gathered(rows.map { examples.pairs[$0].sample })
    guard let compounds else {
      let compound = encoded(rows, on: tape)
      return head(before, after(before, compound, on: tape), compound, &pass)
    }
    // Nothing of the model is recorded, so no gradient of it is computed.
    let still = Tape(isRecording: false, lanes: lanes, pool: pool)
    let compound = still.constant(compounds).gathered(rows.map { examples.pairs[$0].drug })
    let after = after(still.constant(before.value), compound, on: still)
    return head(before, tape.constant(after.value), tape.constant(compound.value), &pass)
  }

  private func after(_ before: Variable, _ compound: Variable, on tape: Tape) -> Variable {
    var evaluation = Pass.evaluation
    return network(before, compounds: compound, links: tape.constant(links), &evaluation, on: tape)
  }

  /// The compound of each pair's drug, each drug encoded once.
  private func encoded(_ rows: [Int], on tape: Tape) -> Variable {
    let drugs = Set(rows.map { examples.pairs[$0].drug }).sorted()
    let places = Dictionary(uniqueKeysWithValues: drugs.enumerated().map { ($1, $0) })
    var evaluation = Pass.evaluation
    let compounds = network.compound(
      drugs.map { examples.molecules[$0] }, drugs.map { _ in examples.condition }, &evaluation, on: tape)
    return compounds.gathered(rows.compactMap { places[examples.pairs[$0].drug] })
  }
}

extension ResponseTuning.Baseline {
  init(_ examples: ResponseExamples, _ rows: [Int]) {
    let mean = rows.reduce(0.0) { $0 + examples.values[$1] } / Double(rows.count)
    let squares = rows.reduce(0.0) { $0 + (examples.values[$1] - mean) * (examples.values[$1] - mean) }
    let deviation = (squares / Double(rows.count)).squareRoot()
    var (sums, counts) = ([Double](repeating: 0, count: examples.molecules.count), [Int: Int]())
    for row in rows {
      sums[examples.pairs[row].drug] += examples.values[row]
      counts[examples.pairs[row].drug, default: 0] += 1
    }
    let drugs = sums.enumerated().map { drug, sum in counts[drug].map { sum / Double($0) } ?? mean }
    self.init(mean: mean, deviation: deviation > 0 ? deviation : 1, drugs: drugs)
  }
}
