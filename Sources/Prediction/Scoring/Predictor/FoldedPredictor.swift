import Embedding
import Matrices
import Networks

/// A perturbation network and the predictors of all folds as what they are without training: a few matrices.
///
/// A pair costs one pass over its genes, one product with a matrix that holds CSG2A's last Linear and each fold's first
/// Linear and BatchNorm side by side, and the heads. What a sample or a drug gives to the heads is computed once.
/// Samples go through in blocks whose size depends on the number of drugs alone, each block on one thread by itself: a
/// pair's bits depend on the samples of its own block, not on the other blocks nor on the threads.
package final class FoldedPredictor {
  /// Drugs as the pairs need them.
  package struct Drugs {
    package let count: Int
    /// Drugs x `PairRows.drugSize`; nil without the perturbation branch.
    fileprivate let pairs: Tensor?
    /// Drugs x (folds x first layer), biases included.
    fileprivate let shares: Tensor
  }

  /// What is known of samples, row after row; a branch that is left out needs nothing.
  package struct Samples {
    /// Samples x genes, standardised, in the panel's order.
    package var expression: [Float]
    /// Samples x the rank embedding's width.
    package var rank: [Float]

    package init(expression: [Float], rank: [Float]) { (self.expression, self.rank) = (expression, rank) }
  }

  package let shape: ResponsePredictor.Shape
  package let folds: Int
  private let perturbation: FoldedPerturbation?
  private let rank: FoldedBranch?
  private let drug: FoldedBranch?
  private let head: FoldedHead
  private let lanes: Lanes
  private let pool: BufferPool
  private var workspaces: [Workspace] = []

  /// `predictors`: one a fold, of one shape. `network` with the row sums of its links and its order of genes; nil only
  /// where the perturbation branch is left out.
  package init(
    _ predictors: [ResponsePredictor], network: PerturbationNetwork?, links: [Float], order: ModelGenes,
    lanes: Lanes, pool: BufferPool
  ) {
    precondition(!predictors.isEmpty, "no folds")
    precondition(predictors.allSatisfy { $0.shape == predictors[0].shape }, "folds of several shapes")
    (shape, folds) = (predictors[0].shape, predictors.count)
    perturbation = FoldedBranch(.perturbation, of: predictors, pool: pool).map { branch in
      guard let network else { preconditionFailure("the perturbation branch without its network") }
      return FoldedPerturbation(network, links: links, order: order, branch: branch, lanes: lanes, pool: pool)
    }
    rank = FoldedBranch(.rank, of: predictors, pool: pool)
    drug = FoldedBranch(.drug, of: predictors, pool: pool)
    head = FoldedHead(predictors, pool: pool)
    (self.lanes, self.pool) = (lanes, pool)
  }

  /// Samples of a block, for so many drugs: about 512 pairs, for which the product's matrix is read once.
  package static func block(drugs: Int) -> Int { max(1, (512 + drugs - 1) / max(1, drugs)) }

  /// `compounds`: drugs x genes in the panel's order.
  package func drugs(_ compounds: [Float]) -> Drugs {
    let count = compounds.count / shape.genes
    precondition(count * shape.genes == compounds.count, "\(compounds.count) values in rows of \(shape.genes)")
    let shares = Tensor([count, folds * head.first], repeating: 0, pool: pool)
    var pairs: Tensor?
    compounds.withUnsafeBufferPointer { compounds in
      guard let compounds = compounds.baseAddress else { return }
      if let drug {
        let wide = Tensor([count, drug.columns], pool: pool)
        drug.run(compounds, rows: count, into: wide.pointer)
        head.share(of: .drug, wide.pointer, rows: count, into: shares.pointer)
      }
      if let perturbation {
        let made = Tensor([count, perturbation.pairs.drugSize], pool: pool)
        let scratch = Tensor([perturbation.scratchSize], pool: pool)
        perturbation.prepare(drugs: compounds, count: count, into: made.pointer, scratch: scratch.pointer)
        pairs = made
      }
    }
    head.addBias(to: shares.pointer, rows: count)
    return Drugs(count: count, pairs: pairs, shares: shares)
  }

  /// Log odds of all pairs, (samples x drugs) x folds, sample after sample. Samples begin at the start of a block.
  package func logits(_ samples: Samples, count: Int, _ drugs: Drugs) -> [Float] {
    let block = Self.block(drugs: drugs.count)
    let spaces = workspaces(for: drugs, block: block)
    let width = drugs.count * folds
    return [Float](unsafeUninitializedCapacity: count * width) { out, filled in
      filled = count * width
      guard let out = out.baseAddress, filled > 0 else { return }
      samples.expression.withUnsafeBufferPointer { expression in
        samples.rank.withUnsafeBufferPointer { rank in
          for start in stride(from: 0, to: count, by: 2 * block) {
            lanes.fork { part in
              let first = start + part * block
              guard first < count else { return }
              run(
                min(block, count - first),
                expression: expression.baseAddress.map { $0 + (perturbation == nil ? 0 : first * shape.genes) },
                rank: rank.baseAddress.map { $0 + (self.rank == nil ? 0 : first * shape.rank) }, drugs, spaces[part],
                into: out + first * width)
            }
          }
        }
      }
    }
  }

  /// One block.
  private func run(
    _ count: Int, expression: UnsafePointer<Float>?, rank ranks: UnsafePointer<Float>?, _ drugs: Drugs,
    _ space: Workspace, into out: UnsafeMutablePointer<Float>
  ) {
    var wide: UnsafePointer<Float>?
    if let perturbation, let pairs = drugs.pairs {
      guard let expression else { preconditionFailure("no expression") }
      perturbation.prepare(
        samples: expression, count: count, into: space.samples.pointer, scratch: space.scratch.pointer)
      perturbation.run(
        samples: (UnsafePointer(space.samples.pointer), count), drugs: (UnsafePointer(pairs.pointer), drugs.count),
        into: space.wide.pointer, rows: space.rows.pointer)
      wide = UnsafePointer(space.wide.pointer)
    }
    if let rank {
      guard let ranks else { preconditionFailure("no rank embeddings") }
      rank.run(ranks, rows: count, into: space.ranks.pointer)
      head.share(of: .rank, space.ranks.pointer, rows: count, into: space.shares.pointer)
    }
    head.run(
      perturbation: wide, samples: (UnsafePointer(space.shares.pointer), count),
      drugs: (UnsafePointer(drugs.shares.pointer), drugs.count), into: out, scratch: space.head.pointer)
  }

  /// Working memory of one lane.
  private struct Workspace {
    let pairs: Int
    let samples: Tensor
    let scratch: Tensor
    let rows: Tensor
    let wide: Tensor
    let ranks: Tensor
    let shares: Tensor
    let head: Tensor
  }

  private func workspaces(for drugs: Drugs, block: Int) -> [Workspace] {
    let pairs = block * drugs.count
    if workspaces.first?.pairs != pairs {
      workspaces = (0..<2).map { _ in
        func tensor(_ rows: Int, _ columns: Int) -> Tensor { Tensor([rows, columns], repeating: 0, pool: pool) }
        return Workspace(
          pairs: pairs, samples: tensor(block, perturbation?.pairs.sampleSize ?? 0),
          scratch: tensor(1, perturbation?.scratchSize ?? 0), rows: tensor(pairs, perturbation?.genes ?? 0),
          wide: tensor(pairs, perturbation?.branch.columns ?? 0), ranks: tensor(block, rank?.columns ?? 0),
          shares: tensor(block, folds * head.first), head: tensor(pairs, head.first + head.second))
      }
    }
    return workspaces
  }
}
