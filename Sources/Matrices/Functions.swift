import COpenBLAS

// Elementary functions on eight numbers at once, good to two units in the last place or so. The splits of the
// argument are Cody and Waite's; the coefficients are near-minimax fits on the reduced interval, checked in the tests
// against the C library.

/// The square root, rounded correctly.
@inline(__always)
func squareRoot(_ x: Vector) -> Vector { COpenBLAS_squareRoot(x) }

/// e to the power x; 0 below -87.3 and infinity above 88.7, NaN for NaN.
@inline(__always)
func exp(_ x: Vector) -> Vector {
  let low = Vector(repeating: -87.336_54)
  let high = Vector(repeating: 88.722_83)
  let bounded = x.replacing(with: low, where: x .< low).replacing(with: high, where: x .> high)
  // Adding and subtracting 1.5 * 2^23 rounds to a whole number.
  let magic = Vector(repeating: 12_582_912)
  let shifted = bounded * 1.442_695_04 + magic
  let whole = shifted - magic
  let rest = (bounded - whole * 0.693_359_375) + whole * 2.121_944_4e-4
  // e^r = 1 + r + r^2 (1/2 + r/6 + ...), the terms of the series up to r^7; |r| is at most 0.3466.
  var series = Vector(repeating: 1.984_127e-4)
  series = series * rest + 1.388_888_9e-3
  series = series * rest + 8.333_333e-3
  series = series * rest + 4.166_666_6e-2
  series = series * rest + 1.666_666_7e-1
  series = series * rest + 0.5
  let power = (series * rest * rest + rest) + 1
  // Two factors, as 2^128 does not fit one.
  let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000
  let half = exponent &>> 1
  let first = unsafeBitCast((half &+ 127) &<< 23, to: Vector.self)
  let second = unsafeBitCast((exponent &- half &+ 127) &<< 23, to: Vector.self)
  let value = power * first * second
  return
    value
    .replacing(with: 0, where: x .< low)
    .replacing(with: .infinity, where: x .> high)
    .replacing(with: x, where: x .!= x)
}

/// The natural logarithm; -infinity for 0, NaN below.
@inline(__always)
func log(_ x: Vector) -> Vector {
  let least = Vector(repeating: .leastNormalMagnitude)
  let isTiny = x .< least
  // Numbers too small for a full mantissa are scaled by 2^25 first.
  let scaled = x.replacing(with: x * 33_554_432, where: isTiny)
  let bits = unsafeBitCast(scaled, to: SIMD8<Int32>.self)
  // The mantissa between sqrt(1/2) and sqrt(2).
  let shift = (bits &- 0x3F35_04F3) &>> 23
  let mantissa = unsafeBitCast(bits &- (shift &<< 23), to: Vector.self)
  let exponent = Vector(shift).replacing(with: Vector(shift) - 25, where: isTiny)
  // log m = 2 artanh s = 2 (s + s^3/3 + ...), with s = (m - 1) / (m + 1), |s| at most 0.1716.
  let s = (mantissa - 1) / (mantissa + 1)
  let square = s * s
  var series = Vector(repeating: 2.0 / 11)
  series = series * square + Float(2.0 / 9)
  series = series * square + Float(2.0 / 7)
  series = series * square + Float(2.0 / 5)
  series = series * square + Float(2.0 / 3)
  let value = exponent * 0.693_359_375 + (exponent * -2.121_944_4e-4 + (series * square * s + 2 * s))
  return
    value
    .replacing(with: -.infinity, where: x .== 0)
    .replacing(with: .nan, where: x .< 0)
    .replacing(with: x, where: x .== .infinity)
    .replacing(with: x, where: x .!= x)
}

/// 1 / (1 + e^-x).
@inline(__always)
func sigmoid(_ x: Vector) -> Vector { 1 / (1 + exp(-x)) }

/// The hyperbolic tangent.
@inline(__always)
func tanh(_ x: Vector) -> Vector {
  let square = x * x
  // Near 0 a continued fraction, since 1 - 2 / (e^2x + 1) would lose digits: x / (1 + x^2 / (3 + x^2 / (5 + ...))).
  var denominator = square / 11 + 9
  denominator = square / denominator + 7
  denominator = square / denominator + 5
  denominator = square / denominator + 3
  denominator = square / denominator + 1
  let small = x / denominator
  let large = 1 - 2 / (exp(2 * x) + 1)
  return large.replacing(with: small, where: square .< 0.36)
}

/// log(1 + x) for x between 0 and 1, with the digits that the sum itself would lose.
@inline(__always)
func log1p(_ x: Vector) -> Vector {
  let sum = 1 + x
  // What rounding took from x is put back: log(sum + d) is log(sum) + d / sum where d is small.
  return log(sum) + (x - (sum - 1)) / sum
}

/// The probability that a standard normal number is below x.
///
/// The tail is e^(-x^2/2) times a polynomial in 1 / (1 + 0.35 |x|), whose coefficients are a minimax fit of the relative
/// error for |x| up to 13.3, where the tail leaves single precision.
@inline(__always)
func normalDistribution(_ x: Vector) -> Vector {
  let size = x.replacing(with: -x, where: x .< 0)
  let t = 1 / (1 + 0.35 * size)
  var series = Vector(repeating: -0.029_115_014_1)
  series = series * t + 0.143_818_41
  series = series * t - 0.255_390_999
  series = series * t + 0.158_796_549
  series = series * t - 0.022_843_416_1
  series = series * t + 0.105_392_143
  series = series * t + 0.119_863_09
  series = series * t + 0.139_857_562
  series = series * t + 0.139_621_66
  let tail = series * t * exp(-0.5 * x * x)
  return (1 - tail).replacing(with: tail, where: x .< 0)
}

/// The density of the standard normal distribution.
@inline(__always)
func normalDensity(_ x: Vector) -> Vector { 0.398_942_28 * exp(-0.5 * x * x) }
