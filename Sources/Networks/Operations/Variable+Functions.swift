import Matrices

// Number by number, differentiable to any order.
extension Variable {
  package func exp() -> Variable {
    tape.record(applied(.exp), of: [self], keepsOutput: true) { output, gradient in [output.map { gradient * $0 }] }
  }

  package func log() -> Variable {
    tape.record(applied(.log), of: [self]) { _, gradient in [gradient / self] }
  }

  /// Its derivative at 0 is infinite.
  package func squareRoot() -> Variable {
    tape.record(applied(.squareRoot), of: [self], keepsOutput: true) { output, gradient in
      [output.map { (gradient / $0).scaled(by: 0.5) }]
    }
  }

  package func squared() -> Variable {
    tape.record(applied(.square), of: [self]) { _, gradient in [(gradient * self).scaled(by: 2)] }
  }

  package func sigmoid() -> Variable {
    tape.record(applied(.sigmoid), of: [self], keepsOutput: true) { output, gradient in
      [output.map { gradient * ($0 - $0.squared()) }]
    }
  }

  package func tanh() -> Variable {
    tape.record(applied(.tanh), of: [self], keepsOutput: true) { output, gradient in
      [output.map { gradient * $0.squared().scaled(by: -1, plus: 1) }]
    }
  }

  /// The number where it is above 0, `slope` times it elsewhere: ReLU, or LeakyReLU with a slope.
  package func rectified(slope: Float = 0) -> Variable {
    let out = Tensor(shape, pool: tape.pool)
    Elementwise.rectify(value.pointer, slope: slope, into: out.pointer, count: value.count, lanes: tape.lanes)
    return tape.record(out, of: [self]) { _, gradient in
      let slopes = Tensor(shape, pool: tape.pool)
      Elementwise.rectifierSlope(
        value.pointer, slope: slope, into: slopes.pointer, count: value.count, lanes: tape.lanes)
      return [gradient * tape.constant(slopes)]
    }
  }

  func applied(_ operation: Elementwise.Unary) -> Tensor {
    let out = Tensor(shape, pool: tape.pool)
    Elementwise.run(operation, value.pointer, into: out.pointer, count: value.count, lanes: tape.lanes)
    return out
  }
}
