import Matrices
import Networks
import Randomness

/// A training of the aligner, step by step: all cell lines on every step, the patients in batches that are shuffled anew
/// for each epoch.
///
/// The same data and settings give the same bits, on one lane and on two, in one go or taken up again from a state
/// that was kept after any step.
package final class AlignerTraining {
  /// An epoch that is under way.
  struct Pass {
    /// The state of the random numbers before the patients were shuffled.
    let random: SeededRandom
    /// Patients in the order of this epoch.
    let order: [Int]
    /// Patients that are done.
    var done = 0
    /// Over those, the terms before their weights and the whole, times the patients of each batch.
    var sums: [AlignerTerm: Double] = [:]
    var total = 0.0
  }

  package let settings: AlignerSettings
  let data: AlignerData
  let lanes: Lanes
  let pool = BufferPool()
  package let aligner: Aligner
  var adam: Adam
  var random: SeededRandom
  package internal(set) var curve = TrainingCurve()
  /// Nil between two epochs.
  var pass: Pass?
  private let objective: AlignerObjective
  let source: AlignerObjective.Batch

  /// Draws the first parameters from the seed.
  package init(_ data: AlignerData, settings: AlignerSettings, lanes: Lanes) {
    (self.data, self.settings, self.lanes) = (data, settings, lanes)
    random = SeededRandom(seed: UInt64(settings.seed))
    let shape = Aligner.Shape(
      genes: data.genes, tissues: data.tissues, latent: settings.latentSize, hasClassifiers: settings.hasClassifiers)
    aligner = Aligner(shape, pool: pool, using: &random)
    let learnt = aligner.parameters + (settings.centers == .trained ? [aligner.centers] : [])
    adam = Adam(learnt, weightDecay: Float(settings.weightDecay), pool: pool)
    objective = AlignerObjective(settings)
    source = AlignerObjective.Batch(
      x: data.source.tensor(data.source.rows, genes: data.genes, pool: pool), tissues: data.source.tissues)
  }

  /// Epochs that are done.
  package var epochs: Int { curve.epochs.count }

  /// Whether all epochs are done, or so many went by without a better loss as the settings allow.
  package var isFinished: Bool {
    epochs >= settings.epochs || settings.patience.map { epochs - curve.best >= $0 } ?? false
  }

  /// Goes once through the patients, or through those that are left of the epoch under way. Throws as a step does.
  package func runEpoch() throws {
    repeat { try runStep() } while pass != nil
  }

  /// Trains on the next batch; the last one of an epoch adds a row to the curve.
  ///
  /// Throws `.diverged` where the loss is no finite number.
  package func runStep() throws {
    var pass = self.pass ?? begin()
    let rows = pass.order[pass.done..<min(pass.order.count, pass.done + settings.batchSize)]
    let tape = Tape(lanes: lanes, pool: pool)
    let result = objective.run(aligner, source: source, target: batch(rows), on: tape)
    try check(result, "in epoch \(epochs + 1), step \(pass.done / settings.batchSize + 1)")
    for (term, value) in result.terms { pass.sums[term, default: 0] += Double(value.value.scalar) * Double(rows.count) }
    pass.total += Double(result.total.value.scalar) * Double(rows.count)
    adam.step(tape.gradients(of: result.total, by: adam.parameters), learningRate: learningRate, lanes: lanes)
    pass.done += rows.count
    end(pass)
  }

  /// Throws `.diverged` where the parameters that the last step left give no finite loss.
  package func checkOutcome() throws {
    let rows = data.target.tissues.indices.prefix(settings.batchSize)
    let tape = Tape(isRecording: false, lanes: lanes, pool: pool)
    try check(
      objective.run(aligner, source: source, target: batch(Array(rows)[...]), on: tape),
      "after epoch \(epochs), the last one")
  }

  private func begin() -> Pass {
    let before = random
    return Pass(random: before, order: random.permutation(data.target.tissues.count))
  }

  /// Takes up an epoch of which some patients are done; nothing is drawn where there are none.
  func resume(done: Int, sums: [AlignerTerm: Double], total: Double) {
    guard done > 0 else { return }
    var pass = begin()
    (pass.done, pass.sums, pass.total) = (done, sums, total)
    self.pass = pass
  }

  private func end(_ pass: Pass) {
    guard pass.done == pass.order.count else {
      self.pass = pass
      return
    }
    let count = Double(pass.done)
    curve.append(.init(terms: pass.sums.mapValues { $0 / count }, total: pass.total / count))
    self.pass = nil
  }

  /// Of the epoch under way; the cosine falls from the whole rate to none over all epochs.
  private var learningRate: Double {
    switch settings.schedule {
    case .constant: settings.learningRate
    case .cosine: CosineSchedule(initial: settings.learningRate, epochs: settings.epochs).rate(at: epochs)
    }
  }

  private func batch(_ places: ArraySlice<Int>) -> AlignerObjective.Batch {
    AlignerObjective.Batch(
      x: data.target.tensor(places.map { data.target.rows[$0] }, genes: data.genes, pool: pool),
      tissues: places.map { data.target.tissues[$0] })
  }

  private func check(_ result: AlignerObjective.Pass, _ moment: String) throws {
    guard !result.total.value.scalar.isFinite else { return }
    let terms = result.terms.filter { !$0.value.value.scalar.isFinite }.map(\.term.rawValue)
    throw AlignmentError(
      .diverged, at: nil,
      "the loss is no finite number \(moment)" + (terms.isEmpty ? "" : " (\(terms.joined(separator: ", ")))"),
      remedy: "standardise the expression (settings.standardisation), or lower settings.learning-rate")
  }
}

extension AlignerObjective {
  /// As the settings have it.
  package init(_ settings: AlignerSettings) {
    self.init(
      reconstruction: Float(settings.reconstructionWeight), classification: Float(settings.classificationWeight),
      center: Float(settings.centerWeight), averagesGenes: settings.reconstructionLoss == .mean,
      averagesCenters: settings.centerLoss == .mean, scalesScores: settings.scoreScaling == .rootLatent)
  }
}

extension AlignerData.Domain {
  /// Some rows, rows x genes.
  func tensor(_ rows: [Int], genes: Int, pool: BufferPool) -> Tensor {
    let out = Tensor([rows.count, genes], pool: pool)
    x.withUnsafeBufferPointer { all in
      guard let all = all.baseAddress else { return }
      for (place, row) in rows.enumerated() {
        (out.pointer + place * genes).update(from: all + row * genes, count: genes)
      }
    }
    return out
  }
}
