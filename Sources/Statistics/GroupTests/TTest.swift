/// The t-tests of two groups' means.
package struct TTest: Sendable, Equatable, Codable {
  package enum Variances: Sendable {
    /// Welch 1947 (doi:10.1093/biomet/34.1-2.28): each group has its own.
    case separate
    /// Student: both share one.
    case pooled
  }

  /// Mean of the first group less that of the second.
  package let difference: Double
  package let t: Double
  package let degreesOfFreedom: Double
  /// Two-sided.
  package let p: Double

  /// Compares two groups. Throws `.notFinite`.
  package static func test(
    _ a: [Double], _ b: [Double], variances: Variances
  ) throws(StatisticsError) -> Estimate<TTest> {
    try StatisticsError.requireFinite(a + b, "value")
    guard a.count > 1, b.count > 1 else { return .notEstimable("a group has fewer than two values") }
    let (first, second) = (try Summary(a), try Summary(b))
    let (m, n) = (Double(a.count), Double(b.count))
    guard let deviation = first.standardDeviation, let other = second.standardDeviation, deviation + other > 0 else {
      return .notEstimable("neither group has any spread")
    }
    var (left, right) = (deviation * deviation / m, other * other / n)
    var degrees = m + n - 2
    switch variances {
    case .separate:
      degrees = (left + right) * (left + right) / (left * left / (m - 1) + right * right / (n - 1))
    case .pooled:
      let pooled = ((m - 1) * deviation * deviation + (n - 1) * other * other) / degrees
      (left, right) = (pooled / m, pooled / n)
    }
    let difference = first.mean - second.mean
    let t = difference / (left + right).squareRoot()
    return .estimated(
      TTest(
        difference: difference, t: t, degreesOfFreedom: degrees, p: Tail.twoSidedStudent(t, degrees: degrees)))
  }
}
