/// The squared Euclidean distance of two padded rows of `Points`, from the differences themselves: nothing cancels, and
/// equal rows are 0 apart. The sum has a fixed order, which is the same for both forms.
@inline(__always)
func squaredDistance(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ stride: Int) -> Double {
  var sum = SIMD8<Double>.zero
  var position = 0
  while position < stride {
    let difference = vector(a + position) - vector(b + position)
    sum += difference * difference
    position += Points.padding
  }
  return total(sum)
}

/// The same where one row is as it stands in `Points`.
@inline(__always)
func squaredDistance(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Float>, _ stride: Int) -> Double {
  var sum = SIMD8<Double>.zero
  var position = 0
  while position < stride {
    let difference = vector(a + position) - SIMD8<Double>(vector(b + position))
    sum += difference * difference
    position += Points.padding
  }
  return total(sum)
}

@inline(__always)
private func vector<Number: SIMDScalar>(_ start: UnsafePointer<Number>) -> SIMD8<Number> {
  UnsafeRawPointer(start).loadUnaligned(as: SIMD8<Number>.self)
}

@inline(__always)
private func total(_ sum: SIMD8<Double>) -> Double {
  let four = sum.lowHalf + sum.highHalf
  return (four[0] + four[2]) + (four[1] + four[3])
}
