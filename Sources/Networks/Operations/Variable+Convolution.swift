import Matrices

// Convolution along one axis as a product with windows; differentiable to any order.
extension Variable {
  /// Batch x channels x length, convolved (as PyTorch's `conv1d`, without flipping) with weights outputs x channels x
  /// width: batch x outputs x windows.
  package func convolved(
    _ weight: Variable, _ bias: Variable? = nil, stride: Int = 1, padding: Int = 0
  ) -> Variable {
    precondition(shape.count == 3 && weight.shape.count == 3, "weights of shape \(weight.shape) for input \(shape)")
    precondition(weight.shape[1] == shape[1], "weights of shape \(weight.shape) for input \(shape)")
    let (outputs, width) = (weight.shape[0], weight.shape[2])
    let windows = unfolded(width: width, stride: stride, padding: padding)
    return windows.linear(weight.reshaped([outputs, shape[1] * width]), bias).transposed(1, 2)
  }

  /// The windows of batch x channels x length: batch x windows x (channels * width).
  package func unfolded(width: Int, stride: Int = 1, padding: Int = 0) -> Variable {
    precondition(shape.count == 3, "windows on shape \(shape), not batch x channels x length")
    return unfolded(
      Unfolding(
        batch: shape[0], channels: shape[1], length: shape[2], width: width, stride: stride, padding: padding))
  }

  private func unfolded(_ unfolding: Unfolding) -> Variable {
    let out = Tensor(
      [unfolding.batch, unfolding.windows, unfolding.channels * unfolding.width], pool: tape.pool)
    unfolding.run(value.pointer, into: out.pointer, lanes: tape.lanes)
    return tape.record(out, of: [self]) { _, gradient in [gradient.folded(unfolding)] }
  }

  /// The adjoint of `unfolded`.
  private func folded(_ unfolding: Unfolding) -> Variable {
    let out = Tensor([unfolding.batch, unfolding.channels, unfolding.length], pool: tape.pool)
    unfolding.fold(value.pointer, into: out.pointer, lanes: tape.lanes)
    return tape.record(out, of: [self]) { _, gradient in [gradient.unfolded(unfolding)] }
  }
}
