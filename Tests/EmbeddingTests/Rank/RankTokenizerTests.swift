import TestSupport
import Testing

@testable import Embedding

@Suite("Rank tokens")
struct RankTokenizerTests {
  @Test("are the reference's, token by token")
  func golden() throws {
    let golden = try Golden()
    let (medians, tokens) = (try golden.doubles("tokenization/median"), try golden.integers("tokenization/token_id"))
    let genes = GeneTokens(genes: tokens.indices.map { .init(column: $0, token: tokens[$0], median: medians[$0]) })
    let tokenizer = RankTokenizer(genes, start: nil, end: nil, limit: 2_048)
    let expression = try golden.doubles("tokenization/expression")
    for sample in 0..<4 {
      let amounts = Array(expression[(sample * 58)..<((sample + 1) * 58)])
      #expect(try tokenizer.tokens(of: amounts) == golden.integers("tokenization/ranked_tokens/\(sample)"))
    }
  }

  /// Amounts of some genes, a third of them 0.
  private static func example(seed: UInt64) -> (amounts: [Double], genes: [GeneTokens.Gene]) {
    var random = SeededGenerator(seed: seed)
    let amounts = (0..<60).map { _ in Double.random(in: 0..<3, using: &random) }.map { $0 < 1 ? 0 : $0 }
    let genes = amounts.indices.map {
      GeneTokens.Gene(column: $0, token: 4 + $0, median: .random(in: 0.1..<9, using: &random))
    }
    return (amounts, genes)
  }

  private static func tokens(_ amounts: [Double], _ genes: [GeneTokens.Gene], limit: Int = 2_048) -> [Int] {
    RankTokenizer(GeneTokens(genes: genes), start: nil, end: nil, limit: limit).tokens(of: amounts)
  }

  @Test("stay when columns change places, and when a sample is scaled", arguments: 1...20)
  func invariances(seed: UInt64) {
    let (amounts, genes) = Self.example(seed: seed)
    let expected = Self.tokens(amounts, genes)
    #expect(expected.count == amounts.count { $0 > 0 })
    var random = SeededGenerator(seed: seed)
    let order = amounts.indices.shuffled(using: &random)
    var moved = genes
    for (place, column) in order.enumerated() { moved[column].column = place }
    #expect(Self.tokens(order.map { amounts[$0] }, moved) == expected)
    #expect(Self.tokens(amounts.map { $0 * 37.25 }, genes) == expected)
    #expect(Self.tokens(amounts, genes, limit: 10) == Array(expected.prefix(10)))
  }

  @Test("of equal values ascend, and stand between the special ones within the limit")
  func ties() {
    let genes = (0..<6).map { GeneTokens.Gene(column: $0, token: 20 - $0, median: 2) }
    let amounts: [Double] = [1, 1, 0, 5, 1, 1]
    #expect(Self.tokens(amounts, genes) == [17, 15, 16, 19, 20])
    let tokenizer = RankTokenizer(GeneTokens(genes: genes), start: 2, end: 3, limit: 5)
    #expect(tokenizer.tokens(of: amounts) == [2, 17, 15, 16, 3])
    #expect(tokenizer.tokens(of: [0, 0, 0, 0, 0, 0]).isEmpty)
  }
}
