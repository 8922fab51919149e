import Matrices

extension Variable {
  /// Each number set to 0 with the probability `rate`, the others divided by `1 - rate`, so that the mean stays
  /// (Srivastava et al. 2014, section 10); differentiable to any order.
  package func dropped(rate: Float, using generator: inout some RandomNumberGenerator) -> Variable {
    self * tape.constant(Tensor(maskOf: shape, rate: rate, pool: tape.pool, using: &generator))
  }

  /// `rectified().dropped(rate:using:)` in one go, with the same numbers; differentiable once.
  ///
  /// What went through is above 0 and nothing else is, so no mask is kept for the gradient.
  package func rectifiedAndDropped(rate: Float, using generator: inout some RandomNumberGenerator) -> Variable {
    let rule = DropRule(rate: rate)
    let (out, x) = (Tensor(shape, pool: tape.pool), value.pointer)
    let result = out.pointer
    rule.forEach(out.count, using: &generator) { index, factor in
      result[index] = x[index] <= 0 ? 0 : x[index] * factor
    }
    return tape.record(out, of: [self], keepsOutput: true) { [tape] output, gradient in
      tape.requireFirstOrder("a dropout behind a ReLU")
      guard let output else { preconditionFailure("a dropout without its output") }
      let byInput = Tensor(gradient.shape, pool: tape.pool)
      Elementwise.scale(
        gradient.value.pointer, by: rule.kept, whereAboveZero: output.value.pointer, into: byInput.pointer,
        count: byInput.count, lanes: tape.lanes)
      return [tape.constant(byInput)]
    }
  }
}

/// Which numbers are dropped, and what becomes of the others.
private struct DropRule {
  /// The factor of numbers that stay.
  let kept: Float
  /// Of 2^32 words, those below the limit drop the number.
  private let limit: UInt64

  init(rate: Float) {
    precondition((0...1).contains(rate), "a rate of \(rate)")
    kept = rate < 1 ? 1 / (1 - rate) : 0
    limit = UInt64((Double(rate) * 0x1p32).rounded())
  }

  /// Calls `body` with each place below `count` and its factor, 0 or `kept`; one random word makes two, in their order.
  @inline(__always)
  func forEach(
    _ count: Int, using generator: inout some RandomNumberGenerator, _ body: (_ index: Int, _ factor: Float) -> Void
  ) {
    var index = 0
    while index < count {
      let word = generator.next()
      body(index, word & 0xFFFF_FFFF < limit ? 0 : kept)
      if index + 1 < count { body(index + 1, word >> 32 < limit ? 0 : kept) }
      index += 2
    }
  }
}

extension Tensor {
  /// 0 with the probability `rate`, else `1 / (1 - rate)`.
  fileprivate init(
    maskOf shape: [Int], rate: Float, pool: BufferPool, using generator: inout some RandomNumberGenerator
  ) {
    self.init(shape, pool: pool)
    let out = pointer
    DropRule(rate: rate).forEach(count, using: &generator) { index, factor in out[index] = factor }
  }
}
