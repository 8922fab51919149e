import Cohorts
import TestSupport
import Testing

@testable import Embedding

@Suite("Genes with tokens")
struct GeneTokensTests {
  /// Four genes of which G2 and G3 have ids that the second version takes for G0's; G3 was not measured.
  private func store(in folder: TemporaryFolder) throws -> CohortStore {
    let path = folder.file("a.h5ad")
    var cohort = ExampleCohort.make(samples: 1, symbols: ["G0", "G1", "G2", "G3"])
    cohort.genes.set("ensembl", .strings((0..<4).map { "ENSG0\($0).1" }))
    cohort.genes.set("measured", .booleans([true, true, true, false]))
    cohort.x.values = [1, 5, 2, 0]
    try cohort.write(to: path)
    return try CohortStore(path)
  }

  private func vocabulary(_ successors: [String: String]) throws -> RankVocabulary {
    try RankVocabulary(
      tokens: ["<pad>": 0, "<mask>": 1, "ENSG00": 2, "ENSG01": 3], medians: ["ENSG00": 1, "ENSG01": 2],
      successors: successors, symbols: ["G2": "ENSG00", "G3": "ENSG00"], tokenPath: "tokens", medianPath: "medians")
  }

  @Test("amounts of ids that stand for one gene are added up where the version has the table")
  func summed() throws {
    let folder = try TemporaryFolder()
    let vocabulary = try vocabulary(["ENSG00": "ENSG00", "ENSG02": "ENSG00", "ENSG03": "ENSG00"])
    let genes = try GeneTokens(of: store(in: folder), vocabulary)
    #expect(genes.genes == [.init(column: 0, token: 2, median: 1, others: [2]), .init(column: 1, token: 3, median: 2)])
    #expect(genes.without.isEmpty && genes.unmeasured == ["G3"])
    let tokenizer = RankTokenizer(genes, vocabulary, limit: 10)
    // (1 + 2) / 1 against 5 / 2; the first alone would be the lower of the two.
    #expect(tokenizer.tokens(of: [1, 5, 2, 0]) == [2, 3])
    #expect(tokenizer.tokens(of: [0, 5, 2, 0]) == [3, 2])
  }

  @Test("without that table the first of them counts, and the others are named")
  func first() throws {
    let folder = try TemporaryFolder()
    let vocabulary = try vocabulary([:])
    let genes = try GeneTokens(of: store(in: folder), vocabulary)
    #expect(genes.genes.map(\.column) == [0, 1] && genes.genes.allSatisfy { $0.others.isEmpty })
    #expect(genes.without == ["G2", "G3"])
    #expect(RankTokenizer(genes, vocabulary, limit: 10).tokens(of: [1, 5, 2, 0]) == [3, 2])
  }

  @Test("a table of ids adds up nothing that a symbol alone leads to")
  func symbols() throws {
    let folder = try TemporaryFolder()
    let genes = try GeneTokens(of: store(in: folder), vocabulary(["ENSG09": "ENSG00"]))
    #expect(genes.genes.allSatisfy { $0.others.isEmpty } && genes.without == ["G2", "G3"])
  }
}
