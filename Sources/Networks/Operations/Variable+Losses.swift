import Matrices

// Losses that are one number; differentiable once.
extension Variable {
  /// The sum of the squared differences to another variable.
  package func squaredDistance(to other: Variable) -> Variable {
    let (a, b) = (self, other)
    precondition(a.shape == b.shape, "a distance between shapes \(a.shape) and \(b.shape)")
    let sum = Reduction.squaredDistance(
      a.value.pointer, b.value.pointer, count: a.value.count, lanes: tape.lanes)
    return tape.record(Tensor([], repeating: Float(sum), pool: tape.pool), of: [a, b]) { _, gradient in
      a.tape.requireFirstOrder("a squared distance")
      func gradientBy(_ one: Variable, _ other: Variable) -> Variable? {
        guard one.needsGradient else { return nil }
        let out = Tensor(one.shape, pool: one.tape.pool)
        Elementwise.difference(
          one.value.pointer, other.value.pointer, by: 2 * gradient.value.scalar, into: out.pointer, count: out.count,
          lanes: one.tape.lanes)
        return one.tape.constant(out)
      }
      return [gradientBy(a, b), gradientBy(b, a)]
    }
  }

  /// The mean of the squared differences to another variable.
  package func meanSquaredError(to other: Variable) -> Variable {
    squaredDistance(to: other).scaled(by: 1 / Float(value.count))
  }

  /// The mean negative log-likelihood of the labels, given unnormalised log-probabilities, rows x classes; rows with a
  /// negative label do not count.
  package func crossEntropy(_ labels: [Int]) -> Variable {
    let (tape, rows, columns) = (tape, value.rows, value.columns)
    precondition(labels.count == rows && labels.allSatisfy { $0 < columns }, "labels for \(shape)")
    let logarithms = Tensor(shape, pool: tape.pool)
    Softmax.logarithm(value.pointer, into: logarithms.pointer, rows: rows, columns: columns, lanes: tape.lanes)
    let counted = labels.count { $0 >= 0 }
    precondition(counted > 0, "a cross entropy without labels")
    var sum = 0.0
    for (row, label) in labels.enumerated() where label >= 0 {
      sum -= Double(logarithms.pointer[row * columns + label])
    }
    let loss = Tensor([], repeating: Float(sum / Double(counted)), pool: tape.pool)
    return tape.record(loss, of: [self]) { _, gradient in
      tape.requireFirstOrder("a cross entropy")
      let out = Tensor(shape, pool: tape.pool)
      let scale = gradient.value.scalar / Float(counted)
      Elementwise.run(.exp, logarithms.pointer, into: out.pointer, count: out.count, lanes: tape.lanes)
      Elementwise.scale(out.pointer, by: scale, into: out.pointer, count: out.count, lanes: tape.lanes)
      for (row, label) in labels.enumerated() {
        let row = out.pointer + row * columns
        if label < 0 { row.update(repeating: 0, count: columns) } else { row[label] -= scale }
      }
      return [tape.constant(out)]
    }
  }
}
