/// The squared Euclidean distance of two padded rows, from the differences themselves: nothing cancels, and equal rows
/// are 0 apart. The sum has a fixed order.
@inline(__always)
func squaredDistance(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ stride: Int) -> Double {
  var sum = SIMD8<Double>.zero
  var position = 0
  while position < stride {
    let left = UnsafeRawPointer(a + position).loadUnaligned(as: SIMD8<Double>.self)
    let right = UnsafeRawPointer(b + position).loadUnaligned(as: SIMD8<Double>.self)
    let difference = left - right
    sum += difference * difference
    position += Points.padding
  }
  let four = sum.lowHalf + sum.highHalf
  return (four[0] + four[2]) + (four[1] + four[3])
}
