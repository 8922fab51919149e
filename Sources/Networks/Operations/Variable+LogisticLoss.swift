import Matrices

extension Variable {
  /// The mean binary cross entropy of targets between 0 and 1, given the logarithms of the odds; differentiable to any
  /// order.
  package func binaryCrossEntropy(_ targets: Tensor) -> Variable {
    precondition(targets.shape == shape, "targets of shape \(targets.shape) for \(shape)")
    let (count, logits) = (value.count, self)
    let sum = LogisticLoss.sum(value.pointer, targets: targets.pointer, count: count)
    let loss = Tensor([], repeating: Float(sum / Double(count)), pool: tape.pool)
    return tape.record(loss, of: [self]) { _, gradient in
      [(logits.sigmoid() - logits.tape.constant(targets)) * gradient.scaled(by: 1 / Float(count))]
    }
  }
}
