import Randomness
import Testing

@Suite("Seeded random numbers")
struct SeededRandomTests {
  /// Worked out by hand with another program from the published algorithms: state filled by SplitMix64, xoshiro256**.
  @Test("are xoshiro256**'s")
  func published() {
    var random = SeededRandom(state: SIMD4(1, 2, 3, 4))
    #expect((0..<4).map { _ in random.next() } == [11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240])
  }

  @Test("come out alike in every version: the first of a seed")
  func pinned() {
    var random = SeededRandom(seed: 42)
    #expect(random.permutation(10) == [9, 1, 4, 2, 8, 7, 6, 5, 3, 0])
    #expect((0..<5).map { _ in random.below(1_000) } == [583, 682, 290, 801, 321])
  }

  @Test("below a limit are all there, equally often")
  func below() {
    var random = SeededRandom(seed: 3)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<7_000 { counts[random.below(7)] += 1 }
    // Five deviations of a binomial number: 5 sqrt(7000 / 7 * 6 / 7).
    #expect(counts.allSatisfy { abs($0 - 1_000) < 147 })
    #expect(random.below(1) == 0)
    #expect((0..<100).allSatisfy { _ in (0..<Int.max).contains(random.below(.max)) })
  }

  @Test("permutations of any length hold each number once")
  func permutations() {
    var random = SeededRandom(seed: 4)
    for count in 0..<40 { #expect(random.permutation(count).sorted() == Array(0..<count)) }
  }

  /// 24 permutations of four, 12,000 times: five deviations of 500.
  @Test("permutations are all equally likely")
  func uniformPermutations() {
    var random = SeededRandom(seed: 5)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<12_000 { counts[random.permutation(4), default: 0] += 1 }
    #expect(counts.count == 24 && counts.values.allSatisfy { abs($0 - 500) < 110 })
  }

  @Test("uniform numbers lie in 0..<1, normal ones have mean 0 and deviation 1")
  func distributions() {
    var random = SeededRandom(seed: 6)
    let uniform = (0..<10_000).map { _ in random.uniform() }
    #expect(uniform.allSatisfy { (0..<1).contains($0) })
    // Five deviations of the mean, 5 / sqrt(12 * 10000).
    #expect(abs(uniform.reduce(0, +) / 10_000 - 0.5) < 0.0145)
    let normal = (0..<10_000).map { _ in random.normal() }
    #expect(abs(normal.reduce(0, +) / 10_000) < 0.05)
    #expect(abs(normal.reduce(0) { $0 + $1 * $1 } / 10_000 - 1) < 0.071)
  }

  @Test("shuffle as the standard library does today, so that trainings keep their bits")
  func shuffled() {
    var (own, other) = (SeededRandom(seed: 9), SeededRandom(seed: 9))
    for count in [0, 1, 2, 100] {
      #expect(own.shuffled(Array(0..<count)) == Array(0..<count).shuffled(using: &other))
    }
    #expect((0..<100).allSatisfy { _ in own.below(13) == Int.random(in: 0..<13, using: &other) })
  }

  @Test("in stretches are the halves of the same words", arguments: [0, 1, 2, 4_095, 4_096, 4_097, 10_001])
  func words(count: Int) {
    var (own, other) = (SeededRandom(seed: 4), SeededRandom(seed: 4))
    var (words, ranges) = ([UInt32](), [Range<Int>]())
    own.forWords(count) {
      ranges.append($0)
      words += UnsafeBufferPointer(start: $1, count: $0.count)
    }
    let expected = (0..<(count + 1) / 2).flatMap { _ in
      let word = other.next()
      return [UInt32(truncatingIfNeeded: word), UInt32(word >> 32)]
    }
    #expect(words == Array(expected.prefix(count)) && own == other)
    #expect(ranges.flatMap { Array($0) } == Array(0..<count))
  }
}
