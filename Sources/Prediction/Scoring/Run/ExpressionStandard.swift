import Cohorts
import Embedding
import Files

/// Means and standard deviations (over n) of genes, by which expression becomes the z-scores that the perturbation network
/// takes. A gene with the deviation 0, constant or not measured, is 0.
struct ExpressionStandard: Equatable {
  let mean: [Double]
  let deviation: [Double]

  init(_ standard: GeneStandard) { (mean, deviation) = (standard.mean, standard.deviation) }

  /// Of X of a store, read in blocks: the sums are those of `GeneStandard` on the whole of it.
  init(of store: CohortStore, measured: [Bool], stretch: Int = 256) throws {
    let (genes, count) = (store.genes, Double(store.samples))
    var (first, sum, squares) = ([Double](), Array(repeating: 0.0, count: genes), Array(repeating: 0.0, count: genes))
    func forEachRow(_ body: (ArraySlice<Float>) -> Void) throws {
      for start in stride(from: 0, to: store.samples, by: stretch) {
        let values = try store.rows(start..<min(store.samples, start + stretch), of: nil).values
        for row in stride(from: 0, to: values.count, by: genes) { body(values[row..<(row + genes)]) }
      }
    }
    try forEachRow { row in
      if first.isEmpty { first = row.map(Double.init) }
      for (gene, value) in row.enumerated() { sum[gene] += Double(value) - first[gene] }
    }
    let mean = measured.indices.map { measured[$0] && !first.isEmpty ? first[$0] + sum[$0] / count : 0 }
    try forEachRow { row in
      for (gene, value) in row.enumerated() {
        let difference = Double(value) - mean[gene]
        squares[gene] += difference * difference
      }
    }
    self.mean = mean
    deviation = measured.indices.map { measured[$0] && !first.isEmpty ? (squares[$0] / count).squareRoot() : 0 }
  }

  /// SHA-256 of the numbers.
  var fingerprint: String {
    var sum = SHA256()
    mean.withUnsafeBytes { sum.update($0) }
    deviation.withUnsafeBytes { sum.update($0) }
    return sum.hex()
  }

  /// Samples x genes as z-scores.
  func standardised(_ values: [Float]) -> [Float] {
    let genes = mean.count
    return [Float](unsafeUninitializedCapacity: values.count) { out, filled in
      filled = values.count
      for row in stride(from: 0, to: values.count, by: genes) {
        for gene in 0..<genes {
          let value = Double(values[row + gene]) - mean[gene]
          out[row + gene] = deviation[gene] > 0 ? Float(value / deviation[gene]) : 0
        }
      }
    }
  }
}
