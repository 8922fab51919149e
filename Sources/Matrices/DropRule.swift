import CVector

/// Which numbers a dropout sets to 0, as random words of 32 bits tell, and what becomes of the others.
package struct DropRule: Sendable {
  /// The factor of numbers that stay.
  package let kept: Float
  /// Words up to this one drop their number; nil where none does.
  private let last: UInt32?

  /// `rate`: the probability to be dropped, to the nearest of 2^32.
  package init(rate: Float) {
    precondition((0...1).contains(rate), "a rate of \(rate)")
    kept = rate < 1 ? 1 / (1 - rate) : 0
    let dropping = UInt64((Double(rate) * 0x1p32).rounded())
    last = dropping == 0 ? nil : UInt32(dropping - 1)
  }

  /// 0 or `kept` for each word.
  package func factors(_ words: UnsafePointer<UInt32>, into out: UnsafeMutablePointer<Float>, count: Int) {
    guard let last else { return out.update(repeating: kept, count: count) }
    CVector_dropFactors(words, last, kept, count, out)
  }

  /// Each number above 0 times the factor of its word, 0 for the others.
  package func rectified(
    _ x: UnsafePointer<Float>, _ words: UnsafePointer<UInt32>, into out: UnsafeMutablePointer<Float>, count: Int
  ) {
    if let last {
      CVector_rectifiedDrop(x, words, last, kept, count, out)
    } else {
      map(0..<count, x, into: out) { ($0 * kept).replacing(with: 0, where: $0 .<= 0) }
    }
  }
}
