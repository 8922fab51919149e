import Networks
import Randomness

/// A sequence some tokens of which are to be predicted (Devlin et al. 2019, section 3.1): of the places chosen, 80 % show
/// the mask, 10 % a random gene, 10 % what stood there.
struct MaskedSequence {
  let tokens: [Int]
  /// Places to predict, ascending, and what stood there.
  let places: [Int]
  let labels: [Int]

  /// At least one place of a sequence is chosen. Genes are the tokens in `genes`.
  init(_ sequence: [Int], mask: Int, genes: Range<Int>, share: Double, using random: inout SeededRandom) {
    let count = max(1, Int((Double(sequence.count) * share).rounded()))
    let places = random.permutation(sequence.count).prefix(count).sorted()
    var tokens = sequence
    for place in places {
      let draw = random.uniform()
      if draw < 0.8 {
        tokens[place] = mask
      } else if draw < 0.9 {
        tokens[place] = genes.lowerBound + random.below(genes.count)
      }
    }
    (self.tokens, self.places, labels) = (tokens, places, places.map { sequence[$0] })
  }
}
