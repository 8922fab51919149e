import CVector

/// Rows of pairs of a sample and a drug through the perturbation network up to its last product, one pass a pair. On the
/// thread that asks for it.
///
/// With b the sample's expression, c the drug and s the sum of both shares, a row is
/// relu(LayerNorm(b (scale (b (s G^T) + c (s C^T)) + links))): s G^T and s C^T are those of the sample plus those of the
/// drug, so what depends on one of them alone is made beforehand.
package struct PairRows {
  /// Numbers of a row.
  package var genes: Int
  package var epsilon: Float

  package init(genes: Int, epsilon: Float = 1e-5) { (self.genes, self.epsilon) = (genes, epsilon) }

  /// Numbers of what is kept of a sample: four rows, to be written by `prepareSample`.
  package var sampleSize: Int { 4 * genes }
  /// Numbers of what is kept of a drug: three rows, to be written by `prepareDrug`.
  package var drugSize: Int { 3 * genes }

  /// `byGenes` and `byCompounds`: the sample's sum times the genes' two vectors.
  package func prepareSample(
    _ expression: UnsafePointer<Float>, byGenes: UnsafePointer<Float>, byCompounds: UnsafePointer<Float>,
    links: UnsafePointer<Float>, scale: Float, into out: UnsafeMutablePointer<Float>
  ) {
    for gene in 0..<genes {
      let b = expression[gene]
      out[gene] = b * (scale * b * byGenes[gene] + links[gene])
      out[genes + gene] = b
      out[2 * genes + gene] = byCompounds[gene]
      out[3 * genes + gene] = scale * b
    }
  }

  /// The same for a drug.
  package func prepareDrug(
    _ compound: UnsafePointer<Float>, byGenes: UnsafePointer<Float>, byCompounds: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>
  ) {
    for gene in 0..<genes {
      out[gene] = byGenes[gene]
      out[genes + gene] = compound[gene]
      out[2 * genes + gene] = compound[gene] * byCompounds[gene]
    }
  }

  /// One sample with drugs that stand one behind the other: a row each. `weight` and `bias` are the normalisation's.
  package func run(
    sample: UnsafePointer<Float>, drugs: UnsafePointer<Float>, count: Int, weight: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>
  ) {
    let own = CVector_PairSample(
      own: sample, expression: sample + genes, byCompounds: sample + 2 * genes, scaled: sample + 3 * genes)
    for row in 0..<count {
      let drug = drugs + row * drugSize
      CVector_perturbedPair(
        own, CVector_PairDrug(byGenes: drug, compound: drug + genes, own: drug + 2 * genes), weight, bias, epsilon,
        genes, out + row * genes)
    }
  }
}
