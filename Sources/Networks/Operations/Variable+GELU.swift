import Matrices

extension Variable {
  /// The number times the probability that a standard normal number is below it; differentiable to any order.
  ///
  /// Hendrycks and Gimpel 2016, equation 1: with the error function, not the approximation by tanh.
  package func gelu() -> Variable {
    tape.record(applied(.gelu), of: [self]) { _, gradient in [gradient * geluSlope()] }
  }

  /// The derivative of `gelu`: P(x) + x p(x), whose own is p(x) (2 - x^2), with the normal distribution P and its
  /// density p.
  private func geluSlope() -> Variable {
    tape.record(applied(.geluSlope), of: [self]) { _, gradient in
      let square = squared()
      let density = square.scaled(by: -0.5).exp().scaled(by: 0.398_942_28)
      return [gradient * density * square.scaled(by: -1, plus: 2)]
    }
  }
}
