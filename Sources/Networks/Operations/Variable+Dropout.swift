import Matrices
import Randomness

extension Variable {
  /// Each number set to 0 with the probability `rate`, the others divided by `1 - rate`, so that the mean stays
  /// (Srivastava et al. 2014, section 10); differentiable to any order.
  package func dropped(rate: Float, using random: inout SeededRandom) -> Variable {
    let factors = Tensor(shape, pool: tape.pool)
    let (out, rule) = (factors.pointer, DropRule(rate: rate))
    random.forWords(factors.count) { rule.factors($1, into: out + $0.lowerBound, count: $0.count) }
    return self * tape.constant(factors)
  }

  /// `rectified().dropped(rate:using:)` in one go, with the same numbers; differentiable once.
  ///
  /// What went through is above 0 and nothing else is, so no mask is kept for the gradient.
  package func rectifiedAndDropped(rate: Float, using random: inout SeededRandom) -> Variable {
    let out = Tensor(shape, pool: tape.pool)
    let (x, result, rule) = (value.pointer, out.pointer, DropRule(rate: rate))
    random.forWords(out.count) {
      rule.rectified(x + $0.lowerBound, $1, into: result + $0.lowerBound, count: $0.count)
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
