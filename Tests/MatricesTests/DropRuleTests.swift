import Matrices
import Testing

@Suite("Drop rule")
struct DropRuleTests {
  private static let words: [UInt32] = [0, 1, 429_496_729, 429_496_730, .max - 1, .max] + (0..<40).map { $0 << 26 }

  private func run(_ rule: DropRule) -> [Float] {
    var out = [Float](repeating: -1, count: Self.words.count)
    rule.factors(Self.words, into: &out, count: out.count)
    return out
  }

  @Test("drops what lies below its share of all words")
  func share() {
    let rule = DropRule(rate: 0.1)
    // 0.1 as a float times 2^32 is 429,496,736.
    #expect(rule.kept == 1 / (1 - 0.1 as Float))
    #expect(run(rule) == Self.words.map { $0 < 429_496_736 ? 0 : rule.kept })
  }

  @Test("drops nothing at the rate 0, and all at the rate 1")
  func ends() {
    #expect(run(DropRule(rate: 0)).allSatisfy { $0 == 1 })
    #expect(run(DropRule(rate: 1)).allSatisfy { $0 == 0 })
  }

  @Test("takes numbers above 0 only, and lets what is no number be seen", arguments: [0, 0.1, 0.5, 1] as [Float])
  func rectified(rate: Float) {
    let rule = DropRule(rate: rate)
    let x = Self.words.indices.map { [3, -2, 0, -0, 1e-30, -.infinity, 5][$0 % 7] as Float }
    var out = [Float](repeating: -1, count: x.count)
    rule.rectified(x, Self.words, into: &out, count: x.count)
    #expect(out == zip(x, run(rule)).map { $0 > 0 ? $0 * $1 : 0 })
    let bad = [Float](repeating: .nan, count: x.count)
    rule.rectified(bad, Self.words, into: &out, count: x.count)
    #expect(out.allSatisfy { $0.isNaN })
  }
}
