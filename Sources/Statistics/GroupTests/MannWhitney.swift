import Glibc

/// The test of Mann and Whitney (1947, doi:10.1214/aoms/1177730491): whether one group's values tend to be larger.
package struct MannWhitney: Sendable, Equatable, Codable {
  package enum Method: String, Sendable, Equatable, Codable {
    /// Every order of the values counted.
    case exact
    /// Normal, corrected for continuity and ties.
    case asymptotic
  }

  /// Pairs in which the first group's value is larger, ties half.
  package let u: Double
  /// u as a share of all pairs: the chance that a value of the first group exceeds one of the second.
  package let superiority: Double
  /// Two-sided.
  package let p: Double
  package let method: Method

  /// The most values of the smaller group for which the exact method is taken, as in scipy's `auto`.
  private static let exactLimit = 8

  /// Compares two groups; exact where one has at most 8 values and there are no ties. Throws `.notFinite`.
  package static func test(_ a: [Double], _ b: [Double]) throws(StatisticsError) -> Estimate<MannWhitney> {
    try StatisticsError.requireFinite(a + b, "value")
    guard !a.isEmpty, !b.isEmpty else { return .notEstimable("a group has no values") }
    let (rankSum, ties) = ranks(a, b)
    let (m, n) = (Double(a.count), Double(b.count))
    let u = rankSum - m * (m + 1) / 2
    let isExact = min(a.count, b.count) <= exactLimit && ties == 0
    let larger = max(u, m * n - u)
    let p: Double
    if isExact {
      p = exact(below: Int(m * n - larger), min(a.count, b.count), max(a.count, b.count))
    } else {
      let total = m + n
      let variance = m * n / 12 * (total + 1 - ties / (total * (total - 1)))
      guard variance > 0 else { return .notEstimable("all values are equal") }
      p = 2 * Tail.normal((larger - m * n / 2 - 0.5) / variance.squareRoot())
    }
    return .estimated(
      MannWhitney(u: u, superiority: u / (m * n), p: min(1, p), method: isExact ? .exact : .asymptotic))
  }

  /// The sum of the first group's mid-ranks, and the sum of t^3 - t over ties of t values.
  private static func ranks(_ a: [Double], _ b: [Double]) -> (sum: Double, ties: Double) {
    let values = a + b
    let order = values.indices.sorted { values[$0] < values[$1] }
    var (sum, ties, start) = (0.0, 0.0, 0)
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let members = Double(order[start..<end].count { $0 < a.count })
      sum += members * Double(start + end + 1) / 2
      let count = Double(end - start)
      ties += count * count * count - count
      start = end
    }
    return (sum, ties)
  }

  /// Twice the chance of a statistic of at most `u`, for `m` values against `n`.
  ///
  /// The number of orders by statistic is the Gaussian binomial coefficient of m + n over m; its low terms are made
  /// by multiplying by (1 - x^(n + i)) and dividing by (1 - x^i), i up to m. O(m u).
  private static func exact(below u: Int, _ m: Int, _ n: Int) -> Double {
    var ways = [Double](repeating: 0, count: u + 1)
    ways[0] = 1
    var total = 1.0
    for i in 1...m {
      if n + i <= u { for place in stride(from: u, through: n + i, by: -1) { ways[place] -= ways[place - n - i] } }
      if i <= u { for place in i...u { ways[place] += ways[place - i] } }
      total *= Double(n + i) / Double(i)
    }
    return 2 * ways.reduce(0, +) / total
  }
}
