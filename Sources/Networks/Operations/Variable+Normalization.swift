import Matrices

extension Variable {
  /// Each row to mean 0 and variance 1, then scaled and shifted column by column, then rectified where wanted.
  ///
  /// Differentiable once.
  package func layerNormalized(
    scale: Variable, shift: Variable, epsilon: Float = 1e-5, deviation: LayerNormalization.Deviation = .biased,
    isRectified: Bool = false
  ) -> Variable {
    let (tape, columns) = (tape, value.columns)
    precondition(scale.shape == [columns] && shift.shape == [columns], "scale \(scale.shape) for input \(shape)")
    let kernel = LayerNormalization(
      rows: value.rows, columns: columns, epsilon: epsilon, deviation: deviation, isRectified: isRectified)
    let out = Tensor(shape, pool: tape.pool)
    let normalized = Tensor(shape, pool: tape.pool)
    let inverse = Tensor([value.rows], pool: tape.pool)
    kernel.run(
      value.pointer, scale: scale.value.pointer, shift: shift.value.pointer, into: out.pointer,
      normalized: normalized.pointer, inverse: inverse.pointer, lanes: tape.lanes)
    let weights = scale.value
    return tape.record(out, of: [self, scale, shift], keepsOutput: true) { output, gradient in
      tape.requireFirstOrder("a layer normalisation")
      guard let output else { preconditionFailure("a normalisation without its output") }
      let byInput = Tensor(gradient.shape, pool: tape.pool)
      let byScale = Tensor([columns], pool: tape.pool)
      let byShift = Tensor([columns], pool: tape.pool)
      kernel.backward(
        gradient.value.pointer, out: output.value.pointer, normalized: normalized.pointer, inverse: inverse.pointer,
        scale: weights.pointer, into: byInput.pointer, scaleGradient: byScale.pointer,
        shiftGradient: byShift.pointer, lanes: tape.lanes)
      return [tape.constant(byInput), tape.constant(byScale), tape.constant(byShift)]
    }
  }

  /// The softmax along the last axis; differentiable to any order.
  package func softmax() -> Variable {
    let out = Tensor(shape, pool: tape.pool)
    Softmax.run(value.pointer, into: out.pointer, rows: value.rows, columns: value.columns, lanes: tape.lanes)
    return tape.record(out, of: [self], keepsOutput: true) { output, gradient in
      [output.map { $0 * (gradient - (gradient * $0).sumOfRows()) }]
    }
  }

  /// The logarithm of the softmax along the last axis; differentiable to any order.
  package func logSoftmax() -> Variable {
    let out = Tensor(shape, pool: tape.pool)
    Softmax.logarithm(value.pointer, into: out.pointer, rows: value.rows, columns: value.columns, lanes: tape.lanes)
    return tape.record(out, of: [self], keepsOutput: true) { output, gradient in
      [output.map { gradient - $0.exp() * gradient.sumOfRows() }]
    }
  }
}
