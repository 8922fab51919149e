extension Variable {
  /// Each number set to 0 with the probability `rate`, the others divided by `1 - rate`, so that the mean stays
  /// (Srivastava et al. 2014, section 10); differentiable to any order.
  package func dropped(rate: Float, using generator: inout some RandomNumberGenerator) -> Variable {
    self * tape.constant(Tensor(maskOf: shape, rate: rate, pool: tape.pool, using: &generator))
  }
}

extension Tensor {
  /// 0 with the probability `rate`, else `1 / (1 - rate)`; one random word makes two numbers, in their order.
  fileprivate init(
    maskOf shape: [Int], rate: Float, pool: BufferPool, using generator: inout some RandomNumberGenerator
  ) {
    precondition((0...1).contains(rate), "a rate of \(rate)")
    self.init(shape, pool: pool)
    let (out, count, kept) = (pointer, count, rate < 1 ? 1 / (1 - rate) : 0)
    // Of 2^32 words, those below the limit drop the number.
    let limit = UInt64((Double(rate) * 0x1p32).rounded())
    var index = 0
    while index < count {
      let word = generator.next()
      out[index] = word & 0xFFFF_FFFF < limit ? 0 : kept
      if index + 1 < count { out[index + 1] = word >> 32 < limit ? 0 : kept }
      index += 2
    }
  }
}
