import Matrices

// The order of axes; differentiable to any order.
extension Variable {
  /// The same numbers with the axes in another order: axis `order[i]` becomes axis i.
  package func permuted(_ order: [Int]) -> Variable {
    precondition(order.sorted() == Array(shape.indices), "axes \(order) of shape \(shape)")
    guard order != Array(shape.indices) else { return self }
    let strides = value.strides
    let out = Tensor(order.map { shape[$0] }, pool: tape.pool)
    StridedCopy(sizes: out.shape, strides: order.map { strides[$0] }).run(
      value.pointer, into: out.pointer, lanes: tape.lanes)
    return tape.record(out, of: [self]) { _, gradient in
      var inverse = order
      for (place, axis) in order.enumerated() { inverse[axis] = place }
      return [gradient.permuted(inverse)]
    }
  }

  /// Two axes exchanged.
  package func transposed(_ first: Int, _ second: Int) -> Variable {
    var order = Array(shape.indices)
    order.swapAt(first, second)
    return permuted(order)
  }
}

extension Tensor {
  /// How far the next number along each axis is.
  var strides: [Int] { shape.indices.map { shape[($0 + 1)...].reduce(1, *) } }
}
