import Formats
import Matrices
import Networks
import Problems
import Randomness

/// A training of the perturbation network by the mean squared error of expression after the drug, epoch by epoch, judged
/// by drugs that are held out.
///
/// The same examples and settings give the same bits, on one lane and on two, in one go or taken up again from a state
/// that was kept.
package final class PerturbationTraining {
  /// What an epoch came to: mean squared errors.
  package struct Epoch: Sendable, Equatable, Codable {
    package let training: Double
    /// Of the drugs held out, in evaluation.
    package let heldOut: Double
  }

  package let settings: PerturbationTrainingSettings
  package let network: PerturbationNetwork
  let examples: PerturbationExamples
  /// Examples that train, and those of the drugs that are held out.
  package let trainingRows: [Int]
  package let heldOutRows: [Int]
  private let links: Tensor
  let lanes: Lanes
  let pool = BufferPool()
  var adam: Adam
  var random: SeededRandom
  var stopping: EarlyStopping
  package internal(set) var curve: [Epoch] = []
  /// The network's tensors after the best epoch.
  package internal(set) var best: [String: Safetensor] = [:]

  /// `links`: row sums of the links between genes. Throws `EmbeddingError` `.training` where there are too few drugs.
  package init(
    _ examples: PerturbationExamples, settings: PerturbationTrainingSettings, links: [Float], lanes: Lanes
  ) throws {
    (self.examples, self.settings, self.lanes) = (examples, settings, lanes)
    random = SeededRandom(seed: UInt64(settings.seed))
    let order = random.permutation(examples.molecules.count)
    let heldOut = Set(order.prefix(Int((Double(order.count) * settings.heldOut).rounded())))
    trainingRows = examples.drugs.indices.filter { !heldOut.contains(examples.drugs[$0]) }
    heldOutRows = examples.drugs.indices.filter { heldOut.contains(examples.drugs[$0]) }
    guard trainingRows.count > 1, !heldOutRows.isEmpty else {
      throw EmbeddingError(
        .training, at: nil,
        "of \(examples.molecules.count) drugs \(trainingRows.count) rows train and "
          + "\(heldOutRows.count) are held out", remedy: "give more drugs, or hold another share out")
    }
    let shape = PerturbationNetwork.Shape(
      genes: links.count, hidden: settings.hidden, transformer: settings.transformer)
    network = PerturbationNetwork(shape, dropout: settings.dropout, pool: pool, using: &random)
    adam = Adam(network.parameters, pool: pool)
    stopping = EarlyStopping(patience: settings.patience)
    self.links = Tensor([links.count], links, pool: pool)
  }

  /// Row sums of the links between genes.
  var linkCounts: [Float] { links.values }

  package var isFinished: Bool { curve.count >= settings.epochs || stopping.isOver }

  /// Goes once through the examples, then judges. Throws `.diverged` where the loss is no number any more.
  package func runEpoch() throws {
    // A last batch of one would have no variance, so one is never made.
    let order = BatchOrder(
      count: trainingRows.count, batchSize: min(settings.batchSize, trainingRows.count),
      keepsRest: trainingRows.count % settings.batchSize != 1)
    let tape = Tape(lanes: lanes, pool: pool)
    var (sum, count) = (0.0, 0)
    for batch in order.epoch(using: &random) {
      var pass = Pass.training(random)
      let rows = batch.map { trainingRows[$0] }
      let loss = loss(of: rows, &pass, on: tape)
      random = pass.random ?? random
      let value = Double(loss.value.scalar)
      guard value.isFinite else {
        throw EmbeddingError(
          .diverged, at: nil, "the loss is no finite number in epoch \(curve.count + 1)",
          remedy: "lower the learning rate, or look at the tables for values that are no z-scores")
      }
      (sum, count) = (sum + value * Double(rows.count), count + rows.count)
      adam.step(tape.gradients(of: loss, by: adam.parameters), learningRate: settings.learningRate, lanes: lanes)
    }
    let judged = heldOutLoss()
    curve.append(Epoch(training: sum / Double(count), heldOut: judged))
    if stopping.take(judged) { best = network.tensors }
  }

  /// The mean squared error of the drugs held out.
  package func heldOutLoss() -> Double {
    var sum = 0.0
    for start in stride(from: 0, to: heldOutRows.count, by: settings.batchSize) {
      let rows = Array(heldOutRows[start..<min(heldOutRows.count, start + settings.batchSize)])
      var pass = Pass.evaluation
      let tape = Tape(isRecording: false, lanes: lanes, pool: pool)
      sum += Double(loss(of: rows, &pass, on: tape).value.scalar) * Double(rows.count)
    }
    return sum / Double(heldOutRows.count)
  }

  /// The mean squared error, on the drugs held out, of two predictors that know no drug: the mean change over the
  /// examples that train, added to expression before; and no change.
  package var trivialLosses: (meanChange: Double, noChange: Double) {
    let genes = links.count
    var mean = [Double](repeating: 0, count: genes)
    for row in trainingRows {
      for gene in 0..<genes { mean[gene] += Double(change(row, gene)) / Double(trainingRows.count) }
    }
    var (byMean, byNone) = (0.0, 0.0)
    for row in heldOutRows {
      for gene in 0..<genes {
        let change = Double(change(row, gene))
        byMean += (change - mean[gene]) * (change - mean[gene])
        byNone += change * change
      }
    }
    let count = Double(heldOutRows.count * genes)
    return (byMean / count, byNone / count)
  }

  private func change(_ row: Int, _ gene: Int) -> Float {
    examples.treated[row * links.count + gene] - examples.untreated[row * links.count + gene]
  }

  private func loss(of rows: [Int], _ pass: inout Pass, on tape: Tape) -> Variable {
    let genes = links.count
    func table(_ values: [Float]) -> Variable {
      tape.constant(
        Tensor([rows.count, genes], rows.flatMap { values[$0 * genes..<($0 + 1) * genes] }, pool: pool))
    }
    let compounds = network.compound(
      rows.map { examples.molecules[examples.drugs[$0]] }, rows.map { examples.conditions[$0] }, &pass, on: tape)
    // Without expression before the drug every gene counts as one deviation above its mean: at the mean itself, 0, the
    // network gives nothing, whatever the drug.
    let before =
      examples.hasUntreated
      ? table(examples.untreated) : tape.constant(Tensor([rows.count, genes], repeating: 1, pool: pool))
    let perturbed = network(before, compounds: compounds, links: tape.constant(links), &pass, on: tape)
    return perturbed.meanSquaredError(to: table(examples.treated))
  }
}
