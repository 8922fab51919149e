import Matrices

extension Variable {
  /// Each column of rows x columns to mean 0 and variance 1, then scaled and shifted column by column; with it the mean
  /// and the variance (over n) of each column.
  ///
  /// Differentiable once. It takes two rows or more.
  package func batchNormalized(
    scale: Variable, shift: Variable, epsilon: Float = 1e-5
  ) -> (result: Variable, mean: Tensor, variance: Tensor) {
    let (tape, columns) = (tape, value.columns)
    precondition(shape.count == 2, "a batch of shape \(shape), not rows x columns")
    precondition(scale.shape == [columns] && shift.shape == [columns], "scale \(scale.shape) for input \(shape)")
    let kernel = BatchNormalization(rows: value.rows, columns: columns, epsilon: epsilon)
    let (out, normalized) = (Tensor(shape, pool: tape.pool), Tensor(shape, pool: tape.pool))
    let (mean, variance) = (Tensor([columns], pool: tape.pool), Tensor([columns], pool: tape.pool))
    kernel.run(
      value.pointer, scale: scale.value.pointer, shift: shift.value.pointer, into: out.pointer,
      normalized: normalized.pointer, mean: mean.pointer, variance: variance.pointer, lanes: tape.lanes)
    let result = tape.record(out, of: [self, scale, shift]) { _, gradient in
      tape.requireFirstOrder("a batch normalisation")
      let byInput = Tensor(gradient.shape, pool: tape.pool)
      let (byScale, byShift) = (Tensor([columns], pool: tape.pool), Tensor([columns], pool: tape.pool))
      kernel.backward(
        gradient.value.pointer, normalized: normalized.pointer, variance: variance.pointer,
        scale: scale.value.pointer, into: byInput.pointer, scaleGradient: byScale.pointer,
        shiftGradient: byShift.pointer, lanes: tape.lanes)
      return [tape.constant(byInput), tape.constant(byScale), tape.constant(byShift)]
    }
    return (result, mean, variance)
  }
}
