/// The end of each half of an encoder's layer, without gradients: x + bias + residual to mean 0 and variance 1 by rows,
/// then a scale and a shift for each column. On the thread that asks for it.
package struct ResidualNormalization {
  package var rows: Int
  package var columns: Int
  package var epsilon: Float

  package init(rows: Int, columns: Int, epsilon: Float) {
    (self.rows, self.columns, self.epsilon) = (rows, columns, epsilon)
  }

  /// Reads `x` and `residual` and writes `out`, each rows x columns; `out` may be either of them.
  package func run(
    _ x: UnsafePointer<Float>, bias: UnsafePointer<Float>, residual: UnsafePointer<Float>,
    scale: UnsafePointer<Float>, shift: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      let (own, start) = (out + row * columns, row * columns)
      map(0..<columns, x + start, residual + start, into: own) { $0 + $1 }
      map(0..<columns, own, bias, into: own) { $0 + $1 }
      normalize(own, scale, shift)
    }
  }

  /// Normalises rows in place.
  package func run(_ x: UnsafeMutablePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>) {
    for row in 0..<rows { normalize(x + row * columns, scale, shift) }
  }

  private func normalize(
    _ row: UnsafeMutablePointer<Float>, _ scale: UnsafePointer<Float>, _ shift: UnsafePointer<Float>
  ) {
    let own = UnsafePointer(row)
    let mean = Float(Reduction.sum(own, count: columns) / Double(columns))
    let squares = sum(0..<columns) {
      let difference = own.vector(at: $0) - mean
      return difference * difference
    } rest: {
      let difference = own.vector(at: $0, first: $1, filler: mean) - mean
      return difference * difference
    }
    let inverse = 1 / (Float(squares / Double(columns)) + epsilon).squareRoot()
    map(0..<columns, own, scale, into: row) { ($0 - mean) * inverse * $1 }
    map(0..<columns, own, shift, into: row) { $0 + $1 }
  }
}
