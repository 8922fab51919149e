import Cohorts
import Problems

/// The medians of genes over the samples of stores, and tokens for them, where there are no dictionaries.
struct CohortMedians {
  /// Medians by Ensembl id of amount / sum of amounts * 10,000, over the samples that have the gene above 0.
  let medians: [String: Double]

  /// Reads the stores once. Throws `.unit` and `.foreign` where one cannot be ranked.
  init(of stores: [CohortStore], forcedUnit: String?) throws {
    var values: [String: [Float]] = [:]
    for store in stores {
      let unit = try RankUnit(of: store, forced: forcedUnit)
      guard case .strings(let ensembl) = try store.geneTable()["ensembl"] else {
        throw EmbeddingError(
          .foreign, at: Place(store.path, object: "/var"), "has no texts in a column 'ensembl'",
          remedy: "ingest the cohort with therapi")
      }
      for sample in 0..<store.samples {
        let row = try [Float](unsafeUninitializedCapacity: store.genes) { buffer, filled in
          try store.read(sample..<(sample + 1), into: buffer)
          filled = store.genes
        }
        let amounts = row.map(unit.amount)
        let sum = amounts.reduce(0, +)
        for (gene, amount) in zip(ensembl, amounts) where amount > 0 {
          values[String(gene.prefix { $0 != "." }), default: []].append(Float(amount / sum * 10_000))
        }
      }
    }
    medians = values.mapValues { values in
      let sorted = values.sorted()
      let middle = sorted.count / 2
      return sorted.count % 2 == 1 ? Double(sorted[middle]) : (Double(sorted[middle - 1]) + Double(sorted[middle])) / 2
    }.filter { $0.value > 0 }
  }

  /// Tokens as in Geneformer's first version: padding 0, mask 1, then the genes in the order of their ids.
  var tokens: [String: Int] {
    var tokens = ["<pad>": 0, "<mask>": 1]
    for (place, gene) in medians.keys.sorted().enumerated() { tokens[gene] = place + 2 }
    return tokens
  }
}
