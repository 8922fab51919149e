/// Two domains as the aligner trains on them: one set of genes, one vocabulary of tissues.
package struct AlignerData: Sendable {
  package struct Domain: Sendable {
    /// Samples x genes, row after row.
    package let x: [Float]
    /// Rows of `x` that train.
    package let rows: [Int]
    /// One a row that trains: its tissue's place in the vocabulary.
    package let tissues: [Int]

    package init(x: [Float], rows: [Int], tissues: [Int]) {
      precondition(rows.count == tissues.count, "\(rows.count) rows with \(tissues.count) tissues")
      (self.x, self.rows, self.tissues) = (x, rows, tissues)
    }

    /// All rows train.
    package init(x: [Float], tissues: [Int]) { self.init(x: x, rows: Array(tissues.indices), tissues: tissues) }
  }

  package let genes: Int
  /// Size of the vocabulary of tissues.
  package let tissues: Int
  package let source: Domain
  package let target: Domain

  package init(genes: Int, tissues: Int, source: Domain, target: Domain) {
    for domain in [source, target] {
      precondition(
        domain.rows.allSatisfy { ($0 + 1) * genes <= domain.x.count }, "rows beyond \(domain.x.count) values")
      precondition(domain.tissues.allSatisfy { (0..<tissues).contains($0) }, "a sample without a tissue")
    }
    (self.genes, self.tissues, self.source, self.target) = (genes, tissues, source, target)
  }
}
