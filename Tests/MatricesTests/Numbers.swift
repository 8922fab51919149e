import TestSupport

@testable import Matrices

/// Seeded numbers between -`bound` and `bound`.
func numbers(_ count: Int, within bound: Float = 1, seed: UInt64) -> [Float] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in Float.random(in: -bound...bound, using: &generator) }
}

extension [Float] {
  /// The bits of each number, by which two results are the same or not.
  var bits: [UInt32] { map(\.bitPattern) }

  /// What `body` writes into as many numbers, which hold NaN before.
  static func written(_ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
    var out = [Float](repeating: .nan, count: count)
    out.withUnsafeMutableBufferPointer { if let pointer = $0.baseAddress { body(pointer) } }
    return out
  }
}
