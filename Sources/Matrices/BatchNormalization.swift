/// Normalisation of each column to mean 0 and variance 1, then a scale and a shift for each column.
///
/// Ioffe and Szegedy 2015, algorithm 1, with the variance over n and `epsilon` under the root, as in PyTorch.
package struct BatchNormalization {
  package var rows: Int
  package var columns: Int
  package var epsilon: Float

  package init(rows: Int, columns: Int, epsilon: Float = 1e-5) {
    precondition(rows > 1, "the variance of \(rows) rows")
    self.rows = rows
    self.columns = columns
    self.epsilon = epsilon
  }

  /// Writes the result, the normalised numbers before scale and shift, and mean and variance (over n) of each column.
  package func run(
    _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>, normalized: UnsafeMutablePointer<Float>,
    mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>, lanes: Lanes
  ) {
    let columns = columns
    Reduction.sumColumns(x, into: mean, rows: rows, columns: columns, lanes: lanes)
    divide(mean)
    // The differences stand in `normalized` from here on.
    Reduction.sumColumns(into: variance, rows: rows, columns: columns, lanes: lanes) { row, sums in
      let own = normalized + row * columns
      map(0..<columns, x + row * columns, mean, into: own) { $0 - $1 }
      addProducts(0..<columns, own, own, to: sums)
    }
    divide(variance)
    withInverse(variance) { inverse in
      Elementwise.splitRows(rows, columns, lanes) { part in
        for row in part {
          let (own, out) = (normalized + row * columns, out + row * columns)
          map(0..<columns, own, inverse, into: own) { $0 * $1 }
          map(0..<columns, own, scale, into: out) { $0 * $1 }
          map(0..<columns, out, shift, into: out) { $0 + $1 }
        }
      }
    }
  }

  /// Gradients of the loss by `x`, `scale` and `shift`, from that by the result.
  package func backward(
    _ gradient: UnsafePointer<Float>, normalized: UnsafePointer<Float>, variance: UnsafePointer<Float>,
    scale: UnsafePointer<Float>, into xGradient: UnsafeMutablePointer<Float>,
    scaleGradient: UnsafeMutablePointer<Float>, shiftGradient: UnsafeMutablePointer<Float>, lanes: Lanes
  ) {
    let columns = columns
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * columns) { sums in
      guard let sums = sums.baseAddress else { return }
      Reduction.sumColumns(into: sums, rows: rows, columns: 2 * columns, lanes: lanes) { row, sums in
        let gradient = gradient + row * columns
        map(0..<columns, gradient, sums, into: sums) { $0 + $1 }
        addProducts(0..<columns, gradient, normalized + row * columns, to: sums + columns)
      }
      shiftGradient.update(from: sums, count: columns)
      scaleGradient.update(from: sums + columns, count: columns)
      divide(sums)
      divide(sums + columns)
      propagate(
        gradient, normalized, variance, scale, mean: sums, slope: sums + columns, into: xGradient, lanes: lanes)
    }
  }

  /// (g - mean(g) - n mean(g n)) scale / deviation, with g the gradient by the result and n the normalised numbers.
  private func propagate(
    _ gradient: UnsafePointer<Float>, _ normalized: UnsafePointer<Float>, _ variance: UnsafePointer<Float>,
    _ scale: UnsafePointer<Float>, mean: UnsafePointer<Float>, slope: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>, lanes: Lanes
  ) {
    withInverse(variance) { factor in
      map(0..<columns, factor, scale, into: factor) { $0 * $1 }
      Elementwise.splitRows(rows, columns, lanes) { part in
        for row in part {
          let (start, out) = (row * columns, out + row * columns)
          map(0..<columns, normalized + start, slope, into: out) { $0 * $1 }
          map(0..<columns, gradient + start, out, into: out) { $0 - $1 }
          map(0..<columns, out, mean, into: out) { $0 - $1 }
          map(0..<columns, out, factor, into: out) { $0 * $1 }
        }
      }
    }
  }

  private func divide(_ sums: UnsafeMutablePointer<Float>) {
    let count = Float(rows)
    map(0..<columns, sums, into: sums) { $0 / count }
  }

  /// One over the deviation of each column.
  private func withInverse(_ variance: UnsafePointer<Float>, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: columns) { inverse in
      guard let inverse = inverse.baseAddress else { return }
      map(0..<columns, variance, into: inverse) { 1 / squareRoot($0 + epsilon) }
      body(inverse)
    }
  }
}
