/// A bias for each column, and what stands behind it, in one pass over rows x columns. On the thread that asks for it.
package enum BiasedActivation {
  case identity
  case rectifier
  /// x times the normal distribution's share below x (Hendrycks and Gimpel 2016).
  case gelu

  package func run(
    _ x: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>, rows: Int, columns: Int
  ) {
    for row in 0..<rows {
      let own = x + row * columns
      switch self {
      case .identity: map(0..<columns, own, bias, into: own) { $0 + $1 }
      case .rectifier:
        map(0..<columns, own, bias, into: own) {
          let value = $0 + $1
          return value.replacing(with: 0, where: value .<= 0)
        }
      case .gelu:
        map(0..<columns, own, bias, into: own) {
          let value = $0 + $1
          return value * normalDistribution(value)
        }
      }
    }
  }
}
