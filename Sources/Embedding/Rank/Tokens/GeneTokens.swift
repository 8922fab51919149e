import Cohorts
import Genes
import Problems

/// The token and the median of each gene of a store.
package struct GeneTokens: Sendable {
  package struct Gene: Sendable, Equatable {
    /// Column of X.
    package var column: Int
    package var token: Int
    package var median: Double
    /// Columns of ids that stand for the same gene, whose amounts are added to the first's.
    package var others: [Int] = []
  }

  /// Genes that have both and were measured, by ascending token.
  package let genes: [Gene]
  /// Symbols of genes without a token or a median.
  package let without: [String]
  /// Symbols of genes that have both, but were not measured.
  package let unmeasured: [String]

  package init(genes: [Gene], without: [String] = [], unmeasured: [String] = []) {
    self.genes = genes.sorted { $0.token < $1.token }
    (self.without, self.unmeasured) = (without, unmeasured)
  }

  /// Looks each gene up by its Ensembl id, then by other ids of the landmark, then by symbol.
  ///
  /// Where the vocabulary puts ids in place of others, columns whose ids become one are one gene with the sum of their
  /// amounts, as in Geneformer's second version; without such a table the first of them counts.
  ///
  /// Throws `.foreign` where the store names no Ensembl ids, and `.dictionary` where no gene has a token.
  package init(of store: CohortStore, _ vocabulary: RankVocabulary) throws {
    let table = try store.geneTable()
    guard case .strings(let ensembl) = table["ensembl"] else {
      throw EmbeddingError(
        .foreign, at: Place(store.path, object: "/var"), "has no texts in a column 'ensembl'",
        remedy: "ingest the cohort with therapi")
    }
    let measured: [Bool]
    if case .booleans(let flags) = table["measured"] { measured = flags } else { measured = ensembl.map { _ in true } }
    let landmarks = try Self.landmarks(of: store, count: ensembl.count)
    var (genes, without, unmeasured): ([Gene], [String], [String]) = ([], [], [])
    var taken: [Int: Int] = [:]
    for (column, id) in ensembl.enumerated() {
      let symbol = table.index[column]
      let names = [String(id.prefix { $0 != "." })] + (landmarks.map { $0[column].otherEnsembl } ?? [])
      guard let entry = vocabulary.entry(ensembl: names, symbol: symbol) else {
        without.append(symbol)
        continue
      }
      let isSummed = !vocabulary.successors.isEmpty && vocabulary.token(ofEnsembl: names[0]) == entry.token
      if taken[entry.token] != nil, !isSummed {
        without.append(symbol)
      } else if !measured[column] {
        unmeasured.append(symbol)
      } else if let place = taken[entry.token] {
        genes[place].others.append(column)
      } else {
        taken[entry.token] = genes.count
        genes.append(Gene(column: column, token: entry.token, median: entry.median))
      }
    }
    guard !genes.isEmpty else {
      throw EmbeddingError(
        .dictionary, at: Place(store.path, object: "/var/ensembl"),
        "names no gene that was measured and has a token and a median",
        remedy: "take dictionaries of human genes by Ensembl id")
    }
    self.init(genes: genes, without: without, unmeasured: unmeasured)
  }

  /// The landmarks, where the store's genes are these in their order.
  private static func landmarks(of store: CohortStore, count: Int) throws -> [Landmark]? {
    let panel = LandmarkPanel.shared
    guard case .string(let order) = try store.value(at: "therapi/panel_order"), order == panel.orderHash,
      count == panel.landmarks.count
    else { return nil }
    return panel.landmarks
  }
}
