import Glibc

/// The softmax of each row of rows x columns, and its logarithm.
package enum Softmax {
  package static func run(
    _ x: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, lanes: Lanes
  ) {
    Elementwise.splitRows(rows, columns, lanes) { part in
      for row in part {
        let (x, out) = (x + row * columns, out + row * columns)
        let top = largest(x, columns)
        map(0..<columns, x, into: out) { exp($0 - top) }
        let scale = Float(1 / Reduction.sum(out, count: columns))
        map(0..<columns, out, into: out) { $0 * scale }
      }
    }
  }

  package static func logarithm(
    _ x: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, lanes: Lanes
  ) {
    Elementwise.splitRows(rows, columns, lanes) { part in
      for row in part {
        let (x, out) = (x + row * columns, out + row * columns)
        let top = largest(x, columns)
        map(0..<columns, x, into: out) { exp($0 - top) }
        let offset = top + Float(Glibc.log(Reduction.sum(out, count: columns)))
        map(0..<columns, x, into: out) { $0 - offset }
      }
    }
  }

  private static func largest(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    var best = Vector(repeating: -.infinity)
    var index = 0
    while index &+ Vector.scalarCount <= count {
      best = pointwiseMax(best, x.vector(at: index))
      index &+= Vector.scalarCount
    }
    let rest = x.vector(at: index, first: count - index, filler: -.infinity)
    return pointwiseMax(best, rest).max()
  }
}
