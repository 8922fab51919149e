import Glibc

/// Probabilities of a statistic at least as large as the one found, if there is nothing to be found.
enum Tail {
  /// The standard normal deviate that 97.5 % lie below: half the width of a 95 % interval.
  static let normalQuantile = 1.959963984540054

  /// P(Z > z) of a standard normal Z.
  static func normal(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// P(|Z| > |z|).
  static func twoSidedNormal(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

  /// P(X > statistic) of a chi-squared X with one degree of freedom, which is the square of a standard normal.
  static func chiSquared1(_ statistic: Double) -> Double { erfc((max(0, statistic) / 2).squareRoot()) }

  /// P(|T| > |t|) of Student's T (Abramowitz and Stegun 26.7.1).
  static func twoSidedStudent(_ t: Double, degrees: Double) -> Double {
    precondition(degrees > 0, "\(degrees) degrees of freedom")
    let square = t * t
    guard square.isFinite else { return 0 }
    return IncompleteBeta.value(
      degrees / (degrees + square), rest: square / (degrees + square), a: degrees / 2, b: 0.5)
  }
}
