import Glibc
import Matrices
import Networks

/// A training of the aligner, epoch by epoch: all cell lines on every step, the patients in shuffled batches.
///
/// The same data and settings give the same bits, on one lane and on two, in one go or taken up again from a state
/// that was kept.
package final class AlignerTraining {
  package let settings: AlignerSettings
  let data: AlignerData
  let lanes: Lanes
  let pool = BufferPool()
  package let aligner: Aligner
  var adam: Adam
  var random: SeededRandom
  package internal(set) var curve = TrainingCurve()
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
    epochs >= settings.epochs || settings.patience.map { epochs - curve.best > $0 } ?? false
  }

  /// Goes once through the patients. Throws `.diverged` where the loss is no number any more.
  package func runEpoch() throws {
    let order = random.permutation(data.target.tissues.count)
    let tape = Tape(lanes: lanes, pool: pool)
    var sums: [AlignerTerm: Double] = [:]
    var total = 0.0
    for start in stride(from: 0, to: order.count, by: settings.batchSize) {
      let rows = order[start..<min(order.count, start + settings.batchSize)]
      let pass = objective.run(aligner, source: source, target: batch(rows), on: tape)
      try check(pass, step: start / settings.batchSize + 1)
      for (term, value) in pass.terms { sums[term, default: 0] += Double(value.value.scalar) * Double(rows.count) }
      total += Double(pass.total.value.scalar) * Double(rows.count)
      adam.step(tape.gradients(of: pass.total, by: adam.parameters), learningRate: learningRate, lanes: lanes)
    }
    let count = Double(order.count)
    curve.append(.init(terms: sums.mapValues { $0 / count }, total: total / count))
  }

  /// Of the epoch to come; the cosine falls from the whole rate to none over all epochs.
  private var learningRate: Double {
    switch settings.schedule {
    case .constant: settings.learningRate
    case .cosine: settings.learningRate * (1 + cos(.pi * Double(epochs) / Double(settings.epochs))) / 2
    }
  }

  private func batch(_ places: ArraySlice<Int>) -> AlignerObjective.Batch {
    AlignerObjective.Batch(
      x: data.target.tensor(places.map { data.target.rows[$0] }, genes: data.genes, pool: pool),
      tissues: places.map { data.target.tissues[$0] })
  }

  private func check(_ pass: AlignerObjective.Pass, step: Int) throws {
    guard !pass.total.value.scalar.isFinite else { return }
    let terms = pass.terms.filter { !$0.value.value.scalar.isFinite }.map(\.term.rawValue)
    throw AlignmentError(
      .diverged, at: nil,
      "the loss is no finite number in epoch \(epochs + 1), step \(step)"
        + (terms.isEmpty ? "" : " (\(terms.joined(separator: ", ")))"),
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
