import Networks

/// A BatchNorm in evaluation as what it is there: a factor and a shift for each column.
struct FoldedBatchNorm {
  let factor: [Float]
  let shift: [Float]

  /// Epsilon as in `BatchNorm`.
  init(_ norm: BatchNorm) {
    let (weight, variance) = (norm.weight.value.values, norm.runningVariance.value.values)
    let factor = zip(weight, variance).map { weight, variance in
      Float(Double(weight) / (Double(variance) + Double(Float(1e-5))).squareRoot())
    }
    shift = zip(zip(norm.bias.value.values, norm.runningMean.value.values), factor).map { $0.0 - $0.1 * $1 }
    self.factor = factor
  }

  /// Nothing: factor 1 and shift 0.
  init(width: Int) {
    factor = Array(repeating: 1, count: width)
    shift = Array(repeating: 0, count: width)
  }

  /// The bias of a Linear in front of it, with it folded in.
  func bias(of linear: Linear) -> [Float] {
    let own = linear.bias?.value.values ?? Array(repeating: 0, count: factor.count)
    return zip(own, zip(factor, shift)).map { $0 * $1.0 + $1.1 }
  }

  /// The weights of a Linear in front of it, outputs x inputs, with it folded in.
  func weight(of linear: Linear) -> [Float] {
    let (values, inputs) = (linear.weight.value.values, linear.weight.value.columns)
    return values.indices.map { values[$0] * factor[$0 / inputs] }
  }
}
