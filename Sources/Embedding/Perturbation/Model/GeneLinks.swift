import Formats
import Genes
import Problems
import Sources

/// The links between a model's genes (A of CSG2A): STRING's, in both directions, and each gene with itself.
package struct GeneLinks: Sendable, Equatable {
  /// Of each gene, itself counted: the row sums of A.
  package let counts: [Float]
  /// Links between two of the genes, each counted once.
  package let links: Int
  /// Links with a gene that the model does not have, which are left out.
  package let outside: Int

  /// No links but each gene's with itself.
  package init(none genes: Int) { (counts, links, outside) = (Array(repeating: 1, count: genes), 0, 0) }

  /// Reads a table with the columns `source` and `target`; a link that is named twice, or in both directions, is one.
  package init(reading path: String, genes: ModelGenes) throws {
    let table = try RecordTable.read(InputFile(path), columns: [ColumnRequest("source"), ColumnRequest("target")])
    var positions = [Int](repeating: 0, count: genes.count)
    for (position, place) in genes.panelPlaces.enumerated() { positions[place] = position }
    let matcher = GeneMatcher()
    var known: [String: Int?] = [:]
    func position(_ name: String) -> Int? {
      if let found = known[name] { return found }
      var found: Int?
      if case .landmark(let index, _) = matcher.match(name, as: .symbol) { found = positions[index] }
      known[name] = .some(found)
      return found
    }
    var pairs = Set<[Int]>()
    var outside = 0
    for (source, target) in zip(table["source"], table["target"]) {
      guard let one = position(source), let other = position(target) else {
        outside += 1
        continue
      }
      if one != other { pairs.insert([min(one, other), max(one, other)]) }
    }
    guard !pairs.isEmpty else {
      throw EmbeddingError(
        .genes, at: Place(path), "links no two of the model's genes",
        remedy: "give a table with the columns source and target, which name genes by symbol")
    }
    var counts = [Float](repeating: 1, count: genes.count)
    for pair in pairs { for gene in pair { counts[gene] += 1 } }
    (self.counts, links, self.outside) = (counts, pairs.count, outside)
  }
}
