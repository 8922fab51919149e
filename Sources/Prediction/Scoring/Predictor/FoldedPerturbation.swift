import Embedding
import Matrices
import Networks

/// The perturbation network and the perturbation branches of all folds as one: a pass over a pair's genes, then one
/// product whose matrix is the network's last Linear, the branches' Linear and their BatchNorm in evaluation.
struct FoldedPerturbation {
  /// Genes of the network; the rows of the product.
  let genes: Int
  private let hidden: Int
  /// Genes x hidden each.
  private let geneVectors: Tensor
  private let compoundVectors: Tensor
  private let weight: Tensor
  private let bias: Tensor
  private let links: Tensor
  let branch: FoldedBranch
  let pairs: PairRows
  private let places: [Int]

  /// `links`: row sums, one a gene in the network's order. `branch` takes expression in the panel's order.
  init(
    _ network: PerturbationNetwork, links: [Float], order: ModelGenes, branch: FoldedBranch, lanes: Lanes,
    pool: BufferPool
  ) {
    func tensor(_ name: String) -> Tensor {
      guard let parameter = network.parameters.first(where: { $0.name == name }) else {
        preconditionFailure("the network has no \(name)")
      }
      return parameter.value
    }
    (genes, hidden, places) = (network.shape.genes, network.shape.hidden, order.panelPlaces)
    (geneVectors, compoundVectors) = (tensor("w_gex"), tensor("w_comp"))
    (weight, bias) = (tensor("feed_forward.0.weight"), tensor("feed_forward.0.bias"))
    self.links = Tensor([genes], links, pool: pool)
    self.branch = branch.behind(tensor("feed_forward.3.weight"), places: places, lanes: lanes, pool: pool)
    pairs = PairRows(genes: genes)
  }

  /// Working memory of `prepare` for one row: its numbers in the network's order, its sum, and that sum's products.
  var scratchSize: Int { 3 * genes + hidden }

  /// Brings samples x genes in the panel's order to what their pairs need, samples x `pairs.sampleSize`.
  func prepare(
    samples expression: UnsafePointer<Float>, count: Int, into out: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let scale = 1 / Float(hidden).squareRoot()
    for row in 0..<count {
      let products = prepare(expression + row * genes, geneVectors, scratch)
      pairs.prepareSample(
        scratch, byGenes: products.byGenes, byCompounds: products.byCompounds, links: links.pointer, scale: scale,
        into: out + row * pairs.sampleSize)
    }
  }

  /// Brings drugs x genes in the panel's order to what their pairs need, drugs x `pairs.drugSize`.
  func prepare(
    drugs compounds: UnsafePointer<Float>, count: Int, into out: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<count {
      let products = prepare(compounds + row * genes, compoundVectors, scratch)
      pairs.prepareDrug(
        scratch, byGenes: products.byGenes, byCompounds: products.byCompounds, into: out + row * pairs.drugSize)
    }
  }

  /// A row in the network's order, at the start of `scratch`, and the products of its sum with the genes' two vectors.
  private func prepare(
    _ row: UnsafePointer<Float>, _ vectors: Tensor, _ scratch: UnsafeMutablePointer<Float>
  ) -> (byGenes: UnsafePointer<Float>, byCompounds: UnsafePointer<Float>) {
    for (position, place) in places.enumerated() { scratch[position] = row[place] }
    let (sum, byGenes, byCompounds) = (scratch + genes, scratch + genes + hidden, scratch + 2 * genes + hidden)
    StridedProduct(
      rows: 1, columns: hidden, depth: genes, leftStride: genes, rightStride: hidden, resultStride: hidden,
      transposesRight: false
    ).run(scratch, vectors.pointer, into: sum)
    for (vectors, out) in [(geneVectors, byGenes), (compoundVectors, byCompounds)] {
      StridedProduct(
        rows: 1, columns: genes, depth: hidden, leftStride: hidden, rightStride: hidden, resultStride: genes,
        transposesRight: true
      ).run(sum, vectors.pointer, into: out)
    }
    return (UnsafePointer(byGenes), UnsafePointer(byCompounds))
  }

  /// The branch's result for samples with drugs, sample after sample: rows x (folds x width). `rows`: rows x genes of
  /// working memory.
  func run(
    samples: (rows: UnsafePointer<Float>, count: Int), drugs: (rows: UnsafePointer<Float>, count: Int),
    into out: UnsafeMutablePointer<Float>, rows: UnsafeMutablePointer<Float>
  ) {
    for sample in 0..<samples.count {
      pairs.run(
        sample: samples.rows + sample * pairs.sampleSize, drugs: drugs.rows, count: drugs.count,
        weight: weight.pointer, bias: bias.pointer, into: rows + sample * drugs.count * genes)
    }
    branch.run(rows, rows: samples.count * drugs.count, into: out)
  }
}
