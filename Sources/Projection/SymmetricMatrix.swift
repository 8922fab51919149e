/// A small symmetric matrix.
struct SymmetricMatrix {
  private var entries: [[Double]]

  init(_ entries: [[Double]]) { self.entries = entries }

  private static let sweeps = 60

  /// Eigenvalues, and eigenvectors as columns, by Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5).
  func eigen() -> (values: [Double], vectors: [[Double]]) {
    var a = entries
    let size = a.count
    var vectors = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0.0 } }
    let scale = a.joined().reduce(0) { $0 + $1 * $1 }
    for _ in 0..<Self.sweeps {
      var rest = 0.0
      for p in 0..<size { for q in p + 1..<max(size, p + 1) { rest += a[p][q] * a[p][q] } }
      guard rest > 1e-26 * scale else { break }
      for p in 0..<size { for q in p + 1..<max(size, p + 1) { Self.rotate(&a, &vectors, p, q) } }
    }
    return ((0..<size).map { a[$0][$0] }, vectors)
  }

  /// Makes the entry (p, q) zero.
  private static func rotate(_ a: inout [[Double]], _ vectors: inout [[Double]], _ p: Int, _ q: Int) {
    guard a[p][q] != 0 else { return }
    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for k in a.indices {
      (a[k][p], a[k][q]) = (cosine * a[k][p] - sine * a[k][q], sine * a[k][p] + cosine * a[k][q])
    }
    for k in a.indices {
      (a[p][k], a[q][k]) = (cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k])
      (vectors[k][p], vectors[k][q]) = (
        cosine * vectors[k][p] - sine * vectors[k][q], sine * vectors[k][p] + cosine * vectors[k][q]
      )
    }
  }
}
