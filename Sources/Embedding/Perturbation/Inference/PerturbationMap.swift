import Matrices
import Networks

/// A perturbation network without training: the drug's part is computed once for a drug, the expression's once for a
/// sample, and a pair of both costs a few operations a gene and its row of the last product.
package struct PerturbationMap {
  /// What pairs need of drugs, or of samples: a row each.
  package struct Parts {
    /// Rows x genes: compounds, or expression.
    package let values: Tensor
    /// Rows x hidden: their share of the sum of all genes' vectors.
    let sums: Tensor

    package var count: Int { values.rows }
  }

  private let network: PerturbationNetwork
  /// Row sums of the links, one a gene.
  private let links: Tensor
  private let lanes: Lanes
  private let pool: BufferPool

  /// Pairs that are computed at once.
  package static let block = 256

  /// `links`: the sum of each row of the links between genes, the link to itself included.
  package init(_ network: PerturbationNetwork, links: [Float], lanes: Lanes, pool: BufferPool) {
    precondition(links.count == network.shape.genes, "links of \(links.count) genes")
    (self.network, self.lanes, self.pool) = (network, lanes, pool)
    self.links = Tensor([links.count], links, pool: pool)
  }

  package var genes: Int { network.shape.genes }

  private var tape: Tape { Tape(isRecording: false, lanes: lanes, pool: pool) }

  /// A drug in a condition as one number a gene; the same whatever other drugs there are.
  package func compound(_ molecule: MoleculeNodes, _ condition: DrugCondition) -> [Float] {
    var pass = Pass.evaluation
    return network.compound([molecule], [condition], &pass, on: tape).value.values
  }

  /// `compounds`: drugs x genes, from `compound`.
  package func drugs(_ compounds: [Float]) -> Parts {
    let values = rows(compounds)
    let tape = tape
    return Parts(values: values, sums: network.sums(ofCompounds: tape.constant(values), on: tape).value)
  }

  /// `expression`: samples x genes, standardised, in the model's order of genes.
  package func samples(_ expression: [Float]) -> Parts {
    let values = rows(expression)
    let tape = tape
    return Parts(values: values, sums: network.sums(ofExpression: tape.constant(values), on: tape).value)
  }

  /// Expression after the drug for pairs of a sample's row and a drug's row, pairs x genes; at most `block` pairs.
  package func perturbed(_ samples: Parts, _ drugs: Parts, pairs: [(sample: Int, drug: Int)]) -> Tensor {
    let tape = tape
    func gathered(_ tensor: Tensor, _ rows: [Int]) -> Variable { tape.constant(tensor).gathered(rows) }
    let (left, right) = (pairs.map(\.sample), pairs.map(\.drug))
    var pass = Pass.evaluation
    return network.perturbed(
      gathered(samples.values, left), gathered(drugs.values, right),
      gathered(samples.sums, left) + gathered(drugs.sums, right), tape.constant(links), &pass, on: tape
    ).value
  }

  private func rows(_ values: [Float]) -> Tensor {
    precondition(values.count % genes == 0, "\(values.count) values in rows of \(genes)")
    return Tensor([values.count / genes, genes], values, pool: pool)
  }
}
