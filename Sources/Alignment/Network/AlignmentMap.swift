import Matrices
import Networks
import Statistics

/// A trained aligner with its cell lines: what maps patients to mixtures of them.
package struct AlignmentMap {
  /// What is known of a block of patients as mixtures.
  struct Mixtures {
    /// Patients x cell lines; each row sums to one.
    let weights: [Float]
    /// Patients x latent.
    let latent: [Float]
    /// The mixtures of the cell lines' expression, patients x genes, in the unit of the source.
    let aligned: [Float]
    /// Shannon entropy of the weights, in nats.
    let heterogeneity: [Double]
  }

  private let aligner: Aligner
  private let scale: Float
  /// Latents of the cell lines, lines x latent, and their expression in its own unit, lines x genes.
  private let latents: Tensor
  private let expression: Tensor
  private let lanes: Lanes
  private let pool: BufferPool

  /// The most patients that are mapped at once.
  static let block = 128

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

  /// A patient whose weights are no mixture.
  struct NoMixture: Error {
    /// Of the block.
    let row: Int
    let cause: String
  }

  /// Maps a block of patients, rows x genes as they were prepared for the training.
  func mixtures(of x: [Float]) throws(NoMixture) -> Mixtures {
    let genes = aligner.shape.genes
    precondition(x.count % genes == 0 && x.count <= AlignmentMap.block * genes, "\(x.count) values for a block")
    let tape = Tape(isRecording: false, lanes: lanes, pool: pool)
    let block = Tensor([x.count / genes, genes], x, pool: pool)
    let target = aligner.target(
      tape.constant(block), lines: tape.constant(expression), latents: tape.constant(latents), scale: scale)
    let weights = target.weights.value
    var entropies: [Double] = []
    for row in 0..<weights.rows {
      let own = UnsafeBufferPointer(start: weights.pointer + row * weights.columns, count: weights.columns)
      do throws(StatisticsError) {
        entropies.append(try Mixture.entropy(of: own))
      } catch {
        throw NoMixture(row: row, cause: error.cause)
      }
    }
    return Mixtures(
      weights: weights.values, latent: target.latent.value.values, aligned: target.aligned.value.values,
      heterogeneity: entropies)
  }

  /// Latents of cell lines, rows x genes as they were prepared for the training.
  func latents(of x: [Float]) -> [Float] {
    let genes = aligner.shape.genes
    var latents: [Float] = []
    latents.reserveCapacity(x.count / genes * self.latents.columns)
    for start in stride(from: 0, to: x.count, by: AlignmentMap.block * genes) {
      let block = Array(x[start..<min(x.count, start + AlignmentMap.block * genes)])
      let tape = Tape(isRecording: false, lanes: lanes, pool: pool)
      let lines = Tensor([block.count / genes, genes], block, pool: pool)
      latents += aligner.source(tape.constant(lines)).latent.value.values
    }
    return latents
  }
}
