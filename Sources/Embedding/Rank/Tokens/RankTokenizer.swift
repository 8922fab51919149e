/// A sample as a sentence: its genes from the one most above its median to the least, as tokens.
///
/// Theodoris et al. 2023, Methods, as Geneformer's tokenizer computes it: amount / sum of amounts * 10,000 / median;
/// zeros are dropped, the rest sorted descending. Equal values stand by ascending token; the reference leaves their
/// order open.
package struct RankTokenizer: Sendable {
  private let genes: [GeneTokens.Gene]
  private let start: Int?
  private let end: Int?
  /// Most tokens of a sequence, special ones included.
  private let limit: Int

  package init(_ genes: GeneTokens, start: Int?, end: Int?, limit: Int) {
    precondition(limit > 2, "sequences of at most \(limit) tokens")
    (self.genes, self.start, self.end, self.limit) = (genes.genes, start, end, limit)
  }

  package init(_ genes: GeneTokens, _ vocabulary: RankVocabulary, limit: Int) {
    self.init(genes, start: vocabulary.start, end: vocabulary.end, limit: limit)
  }

  /// Special tokens of each sequence: at its start, and at its end.
  package var specials: (start: Int, end: Int) { (start == nil ? 0 : 1, end == nil ? 0 : 1) }

  /// The tokens of a sample, from its amounts by column and their sum over all columns; empty where all are 0.
  package func tokens(of amounts: UnsafeBufferPointer<Double>) -> [Int] {
    var sum = 0.0
    for amount in amounts { sum += amount }
    var ranked: [(value: Double, token: Int)] = []
    ranked.reserveCapacity(genes.count)
    for gene in genes {
      let amount = gene.others.reduce(amounts[gene.column]) { $0 + amounts[$1] }
      if amount > 0 { ranked.append((amount / sum * 10_000 / gene.median, gene.token)) }
    }
    guard !ranked.isEmpty else { return [] }
    ranked.sort { $0.value == $1.value ? $0.token < $1.token : $0.value > $1.value }
    let room = limit - specials.start - specials.end
    return (start.map { [$0] } ?? []) + ranked.prefix(room).map(\.token) + (end.map { [$0] } ?? [])
  }

  package func tokens(of amounts: [Double]) -> [Int] { amounts.withUnsafeBufferPointer { tokens(of: $0) } }
}
