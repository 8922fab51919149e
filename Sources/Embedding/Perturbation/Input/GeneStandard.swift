import Cohorts

/// Means and standard deviations (divided by n) of genes over the samples of a cohort, by which expression becomes the
/// z-scores that the perturbation model takes.
package struct GeneStandard: Sendable, Equatable {
  package let mean: [Double]
  package let deviation: [Double]
  /// One a gene: whether the cohort measured it; the others are 0 as z-scores, the mean of the model's training.
  private let measured: [Bool]

  package init(of expression: Matrix, measured: [Bool]) {
    let (rows, genes) = (expression.rows, expression.columns)
    precondition(measured.count == genes, "\(measured.count) genes for a matrix of \(genes)")
    var (mean, deviation) = (Array(repeating: 0.0, count: genes), Array(repeating: 0.0, count: genes))
    for gene in 0..<genes where measured[gene] && rows > 0 {
      // Differences from a value are 0 for a constant gene, whatever the rounding of sums.
      let first = Double(expression.values[gene])
      let shift = (0..<rows).reduce(0.0) { $0 + (Double(expression.values[$1 * genes + gene]) - first) } / Double(rows)
      mean[gene] = first + shift
      let squares = (0..<rows).reduce(0.0) { sum, row in
        let difference = Double(expression.values[row * genes + gene]) - mean[gene]
        return sum + difference * difference
      }
      deviation[gene] = (squares / Double(rows)).squareRoot()
    }
    (self.mean, self.deviation, self.measured) = (mean, deviation, measured)
  }

  /// Samples x genes as z-scores; a gene that is constant over the cohort, or was not measured, is 0.
  package func standardised(_ expression: Matrix) -> [Float] {
    let genes = expression.columns
    return expression.values.enumerated().map { position, value in
      let gene = position % genes
      guard measured[gene], deviation[gene] > 0 else { return 0 }
      return Float((Double(value) - mean[gene]) / deviation[gene])
    }
  }
}
