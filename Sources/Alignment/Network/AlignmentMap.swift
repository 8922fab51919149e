import Matrices
import Networks
import Statistics

/// A trained aligner with its cell lines: what maps patients to mixtures of them.
package struct AlignmentMap {
  /// What is known of some patients as mixtures.
  package struct Mixtures {
    /// Patients x cell lines; each row sums to one.
    package var weights: [Float] = []
    /// Patients x latent.
    package var latent: [Float] = []
    /// The mixtures of the cell lines' expression, patients x genes, in the unit of the source.
    package var aligned: [Float] = []
    /// Shannon entropy of the weights, in nats.
    package var heterogeneity: [Double] = []
  }

  private let aligner: Aligner
  private let scale: Float
  /// Latents of the cell lines, lines x latent, and their expression in its own unit, lines x genes.
  private let latents: Tensor
  private let expression: Tensor
  private let lanes: Lanes
  private let pool: BufferPool

  /// Patients that are mapped at once.
  private static let block = 128

  /// `expression`: the cell lines' in its own unit; `latents`: theirs.
  init(
    _ aligner: Aligner, scale: Float, latents: Tensor, expression: Tensor, lanes: Lanes, pool: BufferPool
  ) {
    self.aligner = aligner
    self.scale = scale
    self.latents = latents
    self.expression = expression
    self.lanes = lanes
    self.pool = pool
  }

  /// Maps patients, rows x genes as they were prepared for the training; calls `progress` with the number that is done.
  ///
  /// Throws `StatisticsError` where weights are no numbers, as they are of expression that has none.
  package func mixtures(of x: [Float], rows: Int, progress: (Int) -> Void = { _ in }) throws -> Mixtures {
    let genes = aligner.shape.genes
    precondition(x.count == rows * genes, "\(x.count) values for \(rows) patients")
    var mixtures = Mixtures()
    for start in stride(from: 0, to: rows, by: AlignmentMap.block) {
      let count = min(AlignmentMap.block, rows - start)
      let tape = Tape(isRecording: false, lanes: lanes, pool: pool)
      let block = Tensor([count, genes], Array(x[(start * genes)..<((start + count) * genes)]), pool: pool)
      let target = aligner.target(
        tape.constant(block), lines: tape.constant(expression), latents: tape.constant(latents), scale: scale)
      let weights = target.weights.value.values
      mixtures.weights += weights
      mixtures.latent += target.latent.value.values
      mixtures.aligned += target.aligned.value.values
      mixtures.heterogeneity += try Mixture.entropies(ofRows: weights, columns: latents.rows)
      progress(start + count)
    }
    return mixtures
  }

  /// Latents of cell lines, rows x genes as they were prepared for the training.
  package func latents(of x: [Float]) -> [Float] {
    let genes = aligner.shape.genes
    var latents: [Float] = []
    for start in stride(from: 0, to: x.count, by: AlignmentMap.block * genes) {
      let block = Array(x[start..<min(x.count, start + AlignmentMap.block * genes)])
      let tape = Tape(isRecording: false, lanes: lanes, pool: pool)
      let lines = Tensor([block.count / genes, genes], block, pool: pool)
      latents += aligner.source(tape.constant(lines)).latent.value.values
    }
    return latents
  }
}
