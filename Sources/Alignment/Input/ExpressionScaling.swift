import Cohorts

/// How one cohort's expression was brought to the scale of training, so that more of it can be.
package enum ExpressionScaling: Sendable, Equatable {
  /// Not at all.
  case asIs
  /// Each sample by its own mean and standard deviation over the genes that take part.
  case perSample
  /// Each gene, in the store's order, by these, which are of the training samples.
  ///
  /// The deviation is the root of the mean squared difference (divided by n). Where it is 0 the gene is constant, and
  /// only its mean is taken off. Genes that take no part have 0 and 0.
  case perGene(mean: [Double], deviation: [Double])

  /// The scaling that a setting asks for; `rows` are those of `expression` that train.
  init(_ standardisation: AlignerSettings.Standardisation, of expression: Matrix, rows: [Int], genes: [Bool]) {
    switch standardisation {
    case .refuseMixed, .asIs: self = .asIs
    case .perSample: self = .perSample
    case .perGeneAndDomain:
      let moments = Self.moments(of: expression, rows: rows, genes: genes)
      self = .perGene(mean: moments.mean, deviation: moments.deviation)
    }
  }

  /// Scales samples x genes in place, and sets genes that take no part, those that are false in `genes`, to 0.
  package func apply(to expression: inout Matrix, genes: [Bool]) {
    let width = expression.columns
    precondition(genes.count == width, "\(genes.count) genes for a matrix of \(width)")
    let taken = genes.indices.filter { genes[$0] }
    for start in stride(from: 0, to: expression.values.count, by: width) {
      for gene in 0..<width where !genes[gene] { expression.values[start + gene] = 0 }
      switch self {
      case .asIs: break
      case .perSample: Self.standardise(&expression.values, at: start, taken)
      case .perGene(let mean, let deviation):
        for gene in taken {
          let value = Double(expression.values[start + gene]) - mean[gene]
          expression.values[start + gene] = Float(deviation[gene] > 0 ? value / deviation[gene] : value)
        }
      }
    }
  }

  /// Standardises the sample that starts at a position.
  private static func standardise(_ values: inout [Float], at start: Int, _ genes: [Int]) {
    guard let first = genes.first else { return }
    // Differences from one of the values are 0 for a constant sample, whatever the rounding of sums.
    let shift = Double(values[start + first])
    let count = Double(genes.count)
    let mean = shift + genes.reduce(0) { $0 + (Double(values[start + $1]) - shift) } / count
    let squares = genes.reduce(0) { sum, gene in
      let difference = Double(values[start + gene]) - mean
      return sum + difference * difference
    }
    let deviation = (squares / count).squareRoot()
    for gene in genes {
      let value = Double(values[start + gene]) - mean
      values[start + gene] = Float(deviation > 0 ? value / deviation : value)
    }
  }

  /// Means and standard deviations of genes over some rows.
  private static func moments(
    of expression: Matrix, rows: [Int], genes: [Bool]
  ) -> (mean: [Double], deviation: [Double]) {
    let width = expression.columns
    var (mean, squares) = (Array(repeating: 0.0, count: width), Array(repeating: 0.0, count: width))
    guard let first = rows.first else { return (mean, squares) }
    let count = Double(rows.count)
    let taken = genes.indices.filter { genes[$0] }
    for row in rows {
      for gene in taken {
        mean[gene] += Double(expression.values[row * width + gene]) - Double(expression.values[first * width + gene])
      }
    }
    for gene in taken { mean[gene] = Double(expression.values[first * width + gene]) + mean[gene] / count }
    for row in rows {
      for gene in taken {
        let difference = Double(expression.values[row * width + gene]) - mean[gene]
        squares[gene] += difference * difference
      }
    }
    return (mean, squares.map { ($0 / count).squareRoot() })
  }
}
