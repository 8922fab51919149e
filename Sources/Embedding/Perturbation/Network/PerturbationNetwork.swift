import Networks

/// CSG2A (Bang et al. 2024): expression after a drug from expression before it, through weights between all genes that
/// depend on both.
///
/// The weights themselves are never made, only the sums of their rows: with q[j] = b[j] w_gex[j] + c[j] w_comp[j], b the
/// expression and c the compound, W = q q^T / sqrt(hidden) + A has row sums q s / sqrt(hidden) + rowsum(A), s the sum of
/// all q. That is exact, and linear in the number of genes.
package struct PerturbationNetwork {
  package struct Shape: Sendable, Equatable, Codable {
    package var genes: Int
    /// Width of the genes' own vectors.
    package var hidden: Int
    package var transformer: MoleculeTransformer.Shape

    package init(genes: Int, hidden: Int, transformer: MoleculeTransformer.Shape) {
      (self.genes, self.hidden, self.transformer) = (genes, hidden, transformer)
    }

    /// Of the published model.
    package static let published = Shape(
      genes: 978, hidden: 64, transformer: .init(width: 1024, layers: 8, heads: 16))
  }

  package let shape: Shape
  package let compound: CompoundEncoder
  /// Genes x hidden: what each gene gives to, and takes from, the others by its expression and by the compound.
  let geneVectors: Parameter
  let compoundVectors: Parameter
  private let norm: LayerNorm
  private let dropout: Dropout
  private let last: Linear

  package init(
    _ shape: Shape, dropout: Float = 0, pool: BufferPool, using generator: inout some RandomNumberGenerator
  ) {
    let bound = 1 / Float(shape.hidden).squareRoot()
    self.shape = shape
    compound = CompoundEncoder(
      "CCE", genes: shape.genes, transformer: shape.transformer, dropout: dropout, pool: pool, using: &generator)
    geneVectors = Parameter(
      "w_gex", Tensor([shape.genes, shape.hidden], uniformWithin: bound, pool: pool, using: &generator))
    compoundVectors = Parameter(
      "w_comp", Tensor([shape.genes, shape.hidden], uniformWithin: bound, pool: pool, using: &generator))
    norm = LayerNorm("feed_forward.0", width: shape.genes, isRectified: true, pool: pool)
    self.dropout = Dropout(rate: dropout)
    last = Linear(
      "feed_forward.3", inputs: shape.genes, outputs: shape.genes, hasBias: false, pool: pool, using: &generator)
  }

  package var parameters: [Parameter] {
    compound.parameters + [geneVectors, compoundVectors] + norm.parameters + last.parameters
  }

  package var buffers: [Buffer] { compound.buffers }

  /// Expression after the drug, pairs x genes.
  ///
  /// `expression` before it and `compounds` are pairs x genes, `links` the row sums of A, one a gene.
  package func callAsFunction(
    _ expression: Variable, compounds: Variable, links: Variable, _ pass: inout Pass, on tape: Tape
  ) -> Variable {
    let sums = self.sums(ofExpression: expression, on: tape) + self.sums(ofCompounds: compounds, on: tape)
    return perturbed(expression, compounds, sums, links, &pass, on: tape)
  }

  /// The samples' share of the sum of all q, samples x hidden.
  func sums(ofExpression expression: Variable, on tape: Tape) -> Variable {
    expression.product(tape.variable(geneVectors))
  }

  /// The compounds' share of it, compounds x hidden.
  func sums(ofCompounds compounds: Variable, on tape: Tape) -> Variable {
    compounds.product(tape.variable(compoundVectors))
  }

  /// From the sums of all q, pairs x hidden.
  func perturbed(
    _ expression: Variable, _ compounds: Variable, _ sums: Variable, _ links: Variable, _ pass: inout Pass,
    on tape: Tape
  ) -> Variable {
    let byGenes = expression * sums.product(tape.variable(geneVectors), transposesRight: true)
    let byCompounds = compounds * sums.product(tape.variable(compoundVectors), transposesRight: true)
    let rows = (byGenes + byCompounds).scaled(by: 1 / Float(shape.hidden).squareRoot()) + links
    return last(dropout(norm(expression * rows), &pass))
  }
}
