import Glibc

/// Normal random numbers that a seed determines (SplitMix64, Box and Muller 1958).
struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// One of the distribution with mean 0 and deviation 1.
  mutating func normal() -> Double {
    let (first, second) = (uniform(), uniform())
    return (-2 * log(1 - first)).squareRoot() * cos(2 * .pi * second)
  }

  /// One in 0..<1.
  private mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
  }
}
