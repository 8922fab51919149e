/// Eight numbers that are computed with at once.
typealias Vector = SIMD8<Float>

extension UnsafePointer<Float> {
  @inline(__always)
  func vector(at index: Int) -> Vector {
    UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
  }

  /// The first `count` numbers at `index`, with `filler` behind them.
  @inline(__always)
  func vector(at index: Int, first count: Int, filler: Float = 0) -> Vector {
    var vector = Vector(repeating: filler)
    for lane in 0..<count { vector[lane] = self[index + lane] }
    return vector
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always)
  func set(_ vector: Vector, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: Vector.self)
  }

  @inline(__always)
  func set(_ vector: Vector, at index: Int, first count: Int) {
    for lane in 0..<count { self[index + lane] = vector[lane] }
  }
}

/// Applies `body` to each number of a range, eight at once; what is left over at the end is computed the same way.
@inline(__always)
func map(
  _ range: Range<Int>, _ a: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
  _ body: (Vector) -> Vector
) {
  var index = range.lowerBound
  while index &+ Vector.scalarCount <= range.upperBound {
    out.set(body(a.vector(at: index)), at: index)
    index &+= Vector.scalarCount
  }
  let rest = range.upperBound - index
  if rest > 0 { out.set(body(a.vector(at: index, first: rest)), at: index, first: rest) }
}

/// The same for two operands.
@inline(__always)
func map(
  _ range: Range<Int>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>,
  _ body: (Vector, Vector) -> Vector
) {
  var index = range.lowerBound
  while index &+ Vector.scalarCount <= range.upperBound {
    out.set(body(a.vector(at: index), b.vector(at: index)), at: index)
    index &+= Vector.scalarCount
  }
  let rest = range.upperBound - index
  if rest > 0 {
    out.set(body(a.vector(at: index, first: rest), b.vector(at: index, first: rest)), at: index, first: rest)
  }
}

/// Adds the products `a * b` to `sums`, number by number.
@inline(__always)
func addProducts(
  _ range: Range<Int>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>
) {
  var index = range.lowerBound
  while index &+ Vector.scalarCount <= range.upperBound {
    sums.set(UnsafePointer(sums).vector(at: index) + a.vector(at: index) * b.vector(at: index), at: index)
    index &+= Vector.scalarCount
  }
  while index < range.upperBound {
    sums[index] += a[index] * b[index]
    index &+= 1
  }
}

/// The sum of `body` over a range, in one order that depends on the range alone.
///
/// Blocks of 512 numbers are summed in single precision on 32 accumulators, the blocks in double precision.
@inline(__always)
func sum(_ range: Range<Int>, _ body: (_ index: Int) -> Vector, rest: (_ index: Int, _ count: Int) -> Vector) -> Double
{
  let width = Vector.scalarCount
  var total = 0.0
  var index = range.lowerBound
  while index < range.upperBound {
    let end = Swift.min(index + 512, range.upperBound)
    var (a, b, c, d) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    while index &+ 4 &* width <= end {
      a += body(index)
      b += body(index &+ width)
      c += body(index &+ 2 &* width)
      d += body(index &+ 3 &* width)
      index &+= 4 &* width
    }
    while index &+ width <= end {
      a += body(index)
      index &+= width
    }
    if index < end {
      b += rest(index, end - index)
      index = end
    }
    total += Double(((a + b) + (c + d)).sum())
  }
  return total
}
