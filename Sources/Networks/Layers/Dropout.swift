/// In training each number set to 0 with a probability, and the others enlarged to keep the mean; nothing in evaluation.
package struct Dropout {
  package let rate: Float

  package init(rate: Float) {
    precondition((0...1).contains(rate), "a rate of \(rate)")
    self.rate = rate
  }

  package func callAsFunction(_ x: Variable, _ pass: inout Pass) -> Variable {
    guard rate > 0, var random = pass.random else { return x }
    let result = x.dropped(rate: rate, using: &random)
    pass.random = random
    return result
  }
  /// A ReLU before it, in one go; differentiable once in training.
  package func callAsFunction(rectifying x: Variable, _ pass: inout Pass) -> Variable {
    guard rate > 0, var random = pass.random else { return x.rectified() }
    let result = x.rectifiedAndDropped(rate: rate, using: &random)
    pass.random = random
    return result
  }
}
