/// Normalisation of each row to mean 0 and variance 1, then a scale and a shift for each column, and where wanted a
/// rectifier behind it.
///
/// Ba, Kiros and Hinton 2016, equations 3 and 4.
package struct LayerNormalization {
  /// What a row is divided by.
  package enum Deviation: Sendable {
    /// The root of the variance over n plus epsilon, as in PyTorch.
    case biased
    /// The root of the variance over n - 1, to which epsilon is added, as in the molecule attention transformer.
    case unbiased
  }

  package var rows: Int
  package var columns: Int
  package var epsilon: Float = 1e-5
  package var deviation: Deviation
  /// Whether negative results become 0.
  package var isRectified: Bool

  package init(
    rows: Int, columns: Int, epsilon: Float = 1e-5, deviation: Deviation = .biased, isRectified: Bool = false
  ) {
    precondition(deviation == .biased || columns > 1, "the unbiased deviation of a row of \(columns)")
    self.rows = rows
    self.columns = columns
    self.epsilon = epsilon
    self.deviation = deviation
    self.isRectified = isRectified
  }

  /// Writes the result, the normalised numbers before scale and shift, and one over the deviation of each row.
  package func run(
    _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>, normalized: UnsafeMutablePointer<Float>,
    inverse: UnsafeMutablePointer<Float>, lanes: Lanes
  ) {
    Elementwise.splitRows(rows, columns, lanes) { part in
      for row in part {
        let start = row * columns
        inverse[row] = normalize(x + start, into: normalized + start)
        finish(normalized + start, scale, shift, into: out + start)
      }
    }
  }

  private func normalize(_ x: UnsafePointer<Float>, into normalized: UnsafeMutablePointer<Float>) -> Float {
    let mean = Float(Reduction.sum(x, count: columns) / Double(columns))
    let center = Vector(repeating: mean)
    let squares = sum(0..<columns) {
      let difference = x.vector(at: $0) - center
      return difference * difference
    } rest: {
      let difference = x.vector(at: $0, first: $1, filler: mean) - center
      return difference * difference
    }
    let inverse =
      switch deviation {
      case .biased: 1 / (Float(squares / Double(columns)) + epsilon).squareRoot()
      case .unbiased: 1 / (Float((squares / Double(columns - 1)).squareRoot()) + epsilon)
      }
    map(0..<columns, x, into: normalized) { ($0 - center) * inverse }
    return inverse
  }

  private func finish(
    _ normalized: UnsafePointer<Float>, _ scale: UnsafePointer<Float>, _ shift: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>
  ) {
    map(0..<columns, normalized, scale, into: out) { $0 * $1 }
    if isRectified {
      map(0..<columns, out, shift, into: out) {
        let value = $0 + $1
        return value.replacing(with: 0, where: value .<= 0)
      }
    } else {
      map(0..<columns, out, shift, into: out) { $0 + $1 }
    }
  }

  /// Gradients of the loss by `x`, `scale` and `shift`, from that by the result.
  package func backward(
    _ gradient: UnsafePointer<Float>, out: UnsafePointer<Float>, normalized: UnsafePointer<Float>,
    inverse: UnsafePointer<Float>, scale: UnsafePointer<Float>, into xGradient: UnsafeMutablePointer<Float>,
    scaleGradient: UnsafeMutablePointer<Float>, shiftGradient: UnsafeMutablePointer<Float>, lanes: Lanes
  ) {
    let columns = columns
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * columns) { sums in
      guard let sums = sums.baseAddress else { return }
      Reduction.sumColumns(into: sums, rows: rows, columns: 2 * columns, lanes: lanes) { row, sums in
        let start = row * columns
        let own = xGradient + start
        if isRectified {
          map(0..<columns, gradient + start, out + start, into: own) { $0.replacing(with: 0, where: $1 .<= 0) }
        } else {
          own.update(from: gradient + start, count: columns)
        }
        map(0..<columns, own, sums, into: sums) { $0 + $1 }
        addProducts(0..<columns, own, normalized + start, to: sums + columns)
        propagate(own, normalized + start, inverse[row], scale)
      }
      shiftGradient.update(from: sums, count: columns)
      scaleGradient.update(from: sums + columns, count: columns)
    }
  }

  /// From the gradient by a row's result to that by the row, in place: (g - mean(g)) / deviation - n sum(g n) d, with
  /// g the gradient times the scale, n the normalised numbers, and d what the deviation itself depends on n by.
  private func propagate(
    _ gradient: UnsafeMutablePointer<Float>, _ normalized: UnsafePointer<Float>, _ inverse: Float,
    _ scale: UnsafePointer<Float>
  ) {
    map(0..<columns, gradient, scale, into: gradient) { $0 * $1 }
    let own = UnsafePointer(gradient)
    let mean = Float(Reduction.sum(own, count: columns) / Double(columns))
    let product = sum(0..<columns) {
      own.vector(at: $0) * normalized.vector(at: $0)
    } rest: {
      own.vector(at: $0, first: $1) * normalized.vector(at: $0, first: $1)
    }
    let slope = Float(product) * dependence(inverse)
    map(0..<columns, own, normalized, into: gradient) { ($0 - mean) * inverse - $1 * slope }
  }

  private func dependence(_ inverse: Float) -> Float {
    switch deviation {
    case .biased: return inverse / Float(columns)
    case .unbiased:
      // A row of equal numbers has the deviation 0, whose slope is taken as 0, as PyTorch does.
      let deviation = (1 - epsilon * inverse) / inverse
      return deviation > 0 ? 1 / (deviation * Float(columns - 1)) : 0
    }
  }
}
