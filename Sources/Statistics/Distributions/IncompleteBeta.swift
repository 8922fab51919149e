import Glibc

/// The regularised incomplete beta function.
enum IncompleteBeta {
  /// I_x(a, b) for a, b > 0, where `rest` is 1 - x: given apart, so that neither end loses digits.
  ///
  /// The continued fraction of Abramowitz and Stegun 26.5.8 (DLMF 8.17.22) on the side of the mean where it converges
  /// fast, by the method of Lentz.
  static func value(_ x: Double, rest: Double, a: Double, b: Double) -> Double {
    precondition(a > 0 && b > 0 && x >= 0 && rest >= 0, "I_\(x)(\(a), \(b))")
    if x == 0 { return 0 }
    if rest == 0 { return 1 }
    return x <= (a + 1) / (a + b + 2)
      ? lower(x, rest: rest, a: a, b: b) : 1 - lower(rest, rest: x, a: b, b: a)
  }

  private static func lower(_ x: Double, rest: Double, a: Double, b: Double) -> Double {
    let logX = x < 0.5 ? log(x) : log1p(-rest)
    let logRest = rest < 0.5 ? log(rest) : log1p(-x)
    let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * logX + b * logRest) / a
    return front / fraction(x, a: a, b: b)
  }

  /// 1 + d1/(1 + d2/(1 + ...)).
  private static func fraction(_ x: Double, a: Double, b: Double) -> Double {
    let least = 1e-300
    var (value, numerator, denominator) = (1.0, 1.0, 0.0)
    for term in 1...10_000 {
      let m = Double(term / 2)
      let d =
        term.isMultiple(of: 2)
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      denominator = 1 + d * denominator
      if abs(denominator) < least { denominator = least }
      denominator = 1 / denominator
      numerator = 1 + d / numerator
      if abs(numerator) < least { numerator = least }
      let factor = numerator * denominator
      value *= factor
      if abs(factor - 1) < 1e-16 { break }
    }
    return value
  }

  private static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }
}
