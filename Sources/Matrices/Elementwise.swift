/// Arithmetic number by number, on both lanes where there is much of it. Operands may be the result.
package enum Elementwise {
  /// Below so many numbers one lane does it all.
  static let least = 16_384

  package enum Binary: Sendable { case add, subtract, multiply, divide }

  package enum Unary: Sendable { case exp, log, squareRoot, square, sigmoid, tanh, gelu, geluSlope }

  package static func run(
    _ operation: Binary, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
    count: Int, lanes: Lanes
  ) {
    lanes.split(count, least: least) { part in
      switch operation {
      case .add: map(part, a, b, into: out) { $0 + $1 }
      case .subtract: map(part, a, b, into: out) { $0 - $1 }
      case .multiply: map(part, a, b, into: out) { $0 * $1 }
      case .divide: map(part, a, b, into: out) { $0 / $1 }
      }
    }
  }

  package static func run(
    _ operation: Unary, _ a: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, count: Int, lanes: Lanes
  ) {
    lanes.split(count, least: least) { part in
      switch operation {
      case .exp: map(part, a, into: out) { Matrices.exp($0) }
      case .log: map(part, a, into: out) { Matrices.log($0) }
      case .squareRoot: map(part, a, into: out) { Matrices.squareRoot($0) }
      case .square: map(part, a, into: out) { $0 * $0 }
      case .sigmoid: map(part, a, into: out) { Matrices.sigmoid($0) }
      case .tanh: map(part, a, into: out) { Matrices.tanh($0) }
      case .gelu: map(part, a, into: out) { $0 * normalDistribution($0) }
      case .geluSlope: map(part, a, into: out) { normalDistribution($0) + $0 * normalDensity($0) }
      }
    }
  }

  /// `factor * a + term` into `out`.
  package static func scale(
    _ a: UnsafePointer<Float>, by factor: Float, plus term: Float = 0, into out: UnsafeMutablePointer<Float>,
    count: Int, lanes: Lanes
  ) {
    lanes.split(count, least: least) { part in map(part, a, into: out) { $0 * factor + term } }
  }

  /// `factor * a` where `mark` is above 0, 0 elsewhere.
  package static func scale(
    _ a: UnsafePointer<Float>, by factor: Float, whereAboveZero mark: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>, count: Int, lanes: Lanes
  ) {
    lanes.split(count, least: least) { part in
      map(part, a, mark, into: out) { ($0 * factor).replacing(with: 0, where: $1 .<= 0) }
    }
  }

  /// `factor * (a - b)` into `out`.
  package static func difference(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, by factor: Float, into out: UnsafeMutablePointer<Float>,
    count: Int, lanes: Lanes
  ) {
    lanes.split(count, least: least) { part in map(part, a, b, into: out) { ($0 - $1) * factor } }
  }

  /// `a` where it is above 0, `slope * a` elsewhere.
  package static func rectify(
    _ a: UnsafePointer<Float>, slope: Float, into out: UnsafeMutablePointer<Float>, count: Int, lanes: Lanes
  ) {
    lanes.split(count, least: least) { part in
      if slope == 0 {
        // Not a product, which would be -0, and no number at -infinity.
        map(part, a, into: out) { $0.replacing(with: 0, where: $0 .<= 0) }
      } else {
        map(part, a, into: out) { $0.replacing(with: $0 * slope, where: $0 .<= 0) }
      }
    }
  }

  /// 1 where `a` is above 0, `slope` elsewhere: the derivative of `rectify`.
  package static func rectifierSlope(
    _ a: UnsafePointer<Float>, slope: Float, into out: UnsafeMutablePointer<Float>, count: Int, lanes: Lanes
  ) {
    let other = Vector(repeating: slope)
    lanes.split(count, least: least) { part in
      map(part, a, into: out) { Vector(repeating: 1).replacing(with: other, where: $0 .<= 0) }
    }
  }

  /// The operation of each row of `a`, rows x columns, with the one row `b`.
  package static func run(
    _ operation: Binary, rowsOf a: UnsafePointer<Float>, row b: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, lanes: Lanes
  ) {
    splitRows(rows, columns, lanes) { part in
      for row in part {
        let start = row * columns
        run(operation, 0..<columns, a + start, b, into: out + start)
      }
    }
  }

  /// The operation of each row of `a`, rows x columns, with the number of its row in `b`.
  package static func run(
    _ operation: Binary, rowsOf a: UnsafePointer<Float>, column b: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>, rows: Int, columns: Int, lanes: Lanes
  ) {
    splitRows(rows, columns, lanes) { part in
      for row in part {
        let start = row * columns
        let other = Vector(repeating: b[row])
        switch operation {
        case .add: map(0..<columns, a + start, into: out + start) { $0 + other }
        case .subtract: map(0..<columns, a + start, into: out + start) { $0 - other }
        case .multiply: map(0..<columns, a + start, into: out + start) { $0 * other }
        case .divide: map(0..<columns, a + start, into: out + start) { $0 / other }
        }
      }
    }
  }

  @inline(__always)
  private static func run(
    _ operation: Binary, _ range: Range<Int>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>
  ) {
    switch operation {
    case .add: map(range, a, b, into: out) { $0 + $1 }
    case .subtract: map(range, a, b, into: out) { $0 - $1 }
    case .multiply: map(range, a, b, into: out) { $0 * $1 }
    case .divide: map(range, a, b, into: out) { $0 / $1 }
    }
  }

  /// Cuts rows in two where there are many numbers in them.
  static func splitRows(_ rows: Int, _ columns: Int, _ lanes: Lanes, _ body: (Range<Int>) -> Void) {
    lanes.split(rows, least: rows * columns >= least ? 0 : .max, body)
  }
}
