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
    let result = rotated(state[1] &* 5, 7) &* 9
    let shifted = state[1] << 17
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = rotated(state[3], 45)
    return result
  }

  private func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }
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
