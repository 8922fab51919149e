import CVector

/// Random numbers that a seed determines (xoshiro256**, Blackman and Vigna 2018), with a state that can be kept.
package struct SeededRandom: RandomNumberGenerator, Sendable, Equatable {
  /// Four words, not all zero.
  package private(set) var state: SIMD4<UInt64>

  /// Fills the state from the seed by SplitMix64, as its authors advise.
  package init(seed: UInt64) {
    var words = SplitMix64(seed: seed)
    state = .zero
    for lane in 0..<4 { state[lane] = words.next() }
  }

  /// Goes on from a state that was kept.
  package init(state: SIMD4<UInt64>) {
    precondition(state != .zero, "a state of zeros gives nothing but zeros")
    self.state = state
  }

  package mutating func next() -> UInt64 {
    var word: UInt64 = 0
    fill(&word, count: 1)
    return word
  }

  /// Calls `body` with stretches of `0..<count` in their order, and a random word of 32 bits for each place: halves of the
  /// generator's next words, the lower first. The upper half of a last word may be left.
  package mutating func forWords(_ count: Int, _ body: (_ range: Range<Int>, _ words: UnsafePointer<UInt32>) -> Void) {
    let most = 4_096
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: most / 2) { buffer in
      guard let start = buffer.baseAddress else { return }
      for lower in stride(from: 0, to: count, by: most) {
        let range = lower..<min(count, lower + most)
        fill(start, count: (range.count + 1) / 2)
        start.withMemoryRebound(to: UInt32.self, capacity: most) { body(range, $0) }
      }
    }
  }

  private mutating func fill(_ words: UnsafeMutablePointer<UInt64>, count: Int) {
    withUnsafeMutableBytes(of: &state) { state in
      CVector_xoshiro(state.assumingMemoryBound(to: UInt64.self).baseAddress, words, count)
    }
  }
}

extension SeededRandom: Codable {
  /// Four words, as `encode` wrote them; throws `DecodingError` where they are none of a generator.
  package init(from decoder: any Decoder) throws {
    let words = try [UInt64](from: decoder)
    guard words.count == 4, words.contains(where: { $0 != 0 }) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "the state of a generator is four words, not all zero"))
    }
    self.init(state: SIMD4(words))
  }

  package func encode(to encoder: any Encoder) throws { try (0..<4).map { state[$0] }.encode(to: encoder) }
}
