import Glibc

/// Random numbers that a seed determines (xoshiro256**, Blackman and Vigna 2018), with a state that can be kept.
package struct SeededRandom: RandomNumberGenerator, Sendable, Equatable {
  /// Four words, not all zero.
  package private(set) var state: SIMD4<UInt64>

  /// Fills the state from the seed by SplitMix64, as its authors advise.
  package init(seed: UInt64) {
    var word = seed
    state = .zero
    for lane in 0..<4 {
      word &+= 0x9E37_79B9_7F4A_7C15
      var mixed = word
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      state[lane] = mixed ^ (mixed >> 31)
    }
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

extension RandomNumberGenerator {
  /// A number in 0..<1, one of 2^24.
  package mutating func uniform() -> Float { Float(next() >> 40) / 16_777_216 }

  /// A number of the normal distribution with mean 0 and deviation 1 (Box and Muller 1958).
  package mutating func normal() -> Float {
    let radius = (-2 * log(1 - Double(next() >> 11) / 0x1p53)).squareRoot()
    return Float(radius * cos(2 * .pi * Double(next() >> 11) / 0x1p53))
  }

  /// A whole number below `limit`, all equally likely (Lemire 2019, algorithm 5).
  ///
  /// Written out, as the standard library does not promise the same numbers in its next version.
  package mutating func below(_ limit: Int) -> Int {
    precondition(limit > 0, "a number below \(limit)")
    let limit = UInt64(limit)
    var product = next().multipliedFullWidth(by: limit)
    if product.low < limit {
      let least = (0 &- limit) % limit
      while product.low < least { product = next().multipliedFullWidth(by: limit) }
    }
    return Int(product.high)
  }

  /// The numbers below `count` in random order (Fisher and Yates).
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, below(last + 1)) }
    return order
  }
}

extension Tensor {
  /// Numbers drawn evenly between `-bound` and `bound`.
  package init(
    _ shape: [Int], uniformWithin bound: Float, pool: BufferPool, using generator: inout some RandomNumberGenerator
  ) {
    self.init(shape, pool: pool)
    for index in 0..<count { pointer[index] = (2 * generator.uniform() - 1) * bound }
  }

  /// Numbers of the normal distribution with mean 0 and deviation 1.
  package init(normal shape: [Int], pool: BufferPool, using generator: inout some RandomNumberGenerator) {
    self.init(shape, pool: pool)
    for index in 0..<count { pointer[index] = generator.normal() }
  }
}
