/// One of the 978 genes that the L1000 assay measures, with every name that other tables give it.
package struct Landmark: Sendable, Equatable {
  /// Position in the panel, and column in every store.
  package let index: Int
  /// NCBI Gene id.
  package let entrez: Int
  /// The symbol that HGNC approves today.
  package let symbol: String
  /// Ensembl gene id on the primary assembly, without a version.
  package let ensembl: String
  /// Ensembl ids of the same gene on alternate contigs and haplotypes, and retired ones.
  package let otherEnsembl: [String]
  /// The symbol in the LINCS list of 2014.
  package let l1000Symbol: String
  /// Symbols that were approved once.
  package let previousSymbols: [String]
  package let aliases: [String]
  /// NCBI Gene ids that NCBI replaced by `entrez`.
  package let retiredEntrez: [Int]
}
