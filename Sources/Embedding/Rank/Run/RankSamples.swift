import Cohorts
import Problems

/// The samples of a store as sequences of tokens, some at a time.
package struct RankSamples {
  let store: CohortStore
  package let genes: GeneTokens
  package let unit: RankUnit
  let tokenizer: RankTokenizer
  let panelOrder: String
  private let names: [String]

  /// Throws `.unit`, `.foreign` or `.dictionary` where the store cannot be ranked.
  package init(_ store: CohortStore, _ vocabulary: RankVocabulary, limit: Int, forcedUnit: String? = nil) throws {
    self.store = store
    unit = try RankUnit(of: store, forced: forcedUnit)
    genes = try GeneTokens(of: store, vocabulary)
    tokenizer = RankTokenizer(genes, vocabulary, limit: limit)
    if case .string(let order) = try store.value(at: "therapi/panel_order") {
      panelOrder = order
    } else {
      panelOrder = ""
    }
    names = try store.obs().index
  }

  init(_ store: CohortStore, _ model: RankModel, forcedUnit: String?) throws {
    try self.init(store, model.vocabulary, limit: model.configuration.positions, forcedUnit: forcedUnit)
  }

  /// Amounts of some samples by rows, samples x genes.
  package func amounts(_ rows: Range<Int>) throws -> [Double] {
    let values = try [Float](unsafeUninitializedCapacity: rows.count * store.genes) { buffer, filled in
      try store.read(rows, into: buffer)
      filled = rows.count * store.genes
    }
    return values.map(unit.amount)
  }

  /// The tokens of some samples; `.sample` where one has none.
  package func sequences(_ rows: Range<Int>) throws -> [[Int]] {
    let amounts = try amounts(rows)
    return try rows.map { row in
      let start = (row - rows.lowerBound) * store.genes
      let tokens = amounts[start..<(start + store.genes)].withUnsafeBufferPointer(tokenizer.tokens)
      guard !tokens.isEmpty else {
        throw EmbeddingError(
          .sample, at: Place(store.path, object: "/X"), "sample \(names[row]) has no gene with a token above 0",
          remedy: "leave the sample out when the cohort is ingested")
      }
      return tokens
    }
  }
}
