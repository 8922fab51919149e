import Matrices

extension Variable {
  /// The product of two matrices, either of them transposed where asked for; differentiable to any order.
  ///
  /// Where there are more than two axes, the leading ones must be equal: as many products as they have places.
  package func product(
    _ other: Variable, transposesLeft: Bool = false, transposesRight: Bool = false
  ) -> Variable {
    let (left, right) = (self, other)
    let product = Variable.shapeOfProduct(left.shape, right.shape, transposesLeft, transposesRight)
    let leading = left.shape.dropLast(2)
    let out = Tensor(leading + [product.rows, product.columns], pool: tape.pool)
    product.run(
      left.value.pointer, right.value.pointer, into: out.pointer, times: leading.reduce(1, *), lanes: tape.lanes)
    return tape.record(out, of: [left, right]) { _, gradient in
      let byLeft =
        !left.needsGradient
        ? nil
        : transposesLeft
          ? right.product(gradient, transposesLeft: transposesRight, transposesRight: true)
          : gradient.product(right, transposesRight: !transposesRight)
      let byRight =
        !right.needsGradient
        ? nil
        : transposesRight
          ? gradient.product(left, transposesLeft: true, transposesRight: transposesLeft)
          : left.product(gradient, transposesLeft: !transposesLeft)
      return [byLeft, byRight]
    }
  }

  /// `self * weight^T + bias` along the last axis, with `weight` out x in as PyTorch's `Linear` keeps it;
  /// differentiable to any order.
  package func linear(_ weight: Variable, _ bias: Variable? = nil) -> Variable {
    let (rows, depth) = (value.rows, value.columns)
    precondition(
      weight.shape.count == 2 && weight.shape[1] == depth, "weights of shape \(weight.shape) for input \(shape)")
    let width = weight.shape[0]
    let out = Tensor(shape.dropLast() + [width], pool: tape.pool)
    if let bias {
      precondition(bias.shape == [width], "a bias of shape \(bias.shape) for \(width) outputs")
      for row in 0..<rows { (out.pointer + row * width).update(from: bias.value.pointer, count: width) }
    }
    MatrixProduct(rows: rows, columns: width, depth: depth, transposesRight: true).run(
      value.pointer, weight.value.pointer, into: out.pointer, keep: bias == nil ? 0 : 1, lanes: tape.lanes)
    let input = self
    return tape.record(out, of: [input, weight] + (bias.map { [$0] } ?? [])) { _, gradient in
      let flat = gradient.reshaped([rows, width])
      let byInput = input.needsGradient ? flat.product(weight).reshaped(input.shape) : nil
      let byWeight =
        weight.needsGradient ? flat.product(input.reshaped([rows, depth]), transposesLeft: true) : nil
      return [byInput, byWeight, bias.flatMap { $0.needsGradient ? flat.sum(to: [width]) : nil }]
    }
  }

  private static func shapeOfProduct(
    _ left: [Int], _ right: [Int], _ transposesLeft: Bool, _ transposesRight: Bool
  ) -> MatrixProduct {
    precondition(
      left.count >= 2 && left.dropLast(2) == right.dropLast(2), "a product of shapes \(left) and \(right)")
    let (one, two) = (Array(left.suffix(2)), Array(right.suffix(2)))
    let (rows, depth) = transposesLeft ? (one[1], one[0]) : (one[0], one[1])
    let (other, columns) = transposesRight ? (two[1], two[0]) : (two[0], two[1])
    precondition(
      depth == other, "a product of shapes \(left) and \(right), transposed: \(transposesLeft), \(transposesRight)")
    return MatrixProduct(
      rows: rows, columns: columns, depth: depth, transposesLeft: transposesLeft, transposesRight: transposesRight)
  }
}
