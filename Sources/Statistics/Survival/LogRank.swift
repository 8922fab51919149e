/// The log-rank test of two groups (Mantel 1966), summed over strata where there are some.
package struct LogRank: Sendable, Equatable, Codable {
  /// Chi-squared with one degree of freedom.
  package let statistic: Double
  /// Two-sided.
  package let p: Double
  /// Events of the second group (true), and those expected if the groups were alike.
  package let observed: Double
  package let expected: Double

  /// Compares the samples whose `group` is true with the others. Throws `.mismatchedCounts`. O(n log n).
  package static func test(
    _ data: SurvivalData, group: [Bool], strata: [Int]? = nil
  ) throws(StatisticsError) -> Estimate<LogRank> {
    try StatisticsError.require(group.count, of: "groups", for: data.count)
    guard group.contains(true), group.contains(false) else { return .notEstimable("a group has no samples") }
    guard data.eventCount > 0 else { return .notEstimable("no sample has the event") }
    var (observed, expected, variance) = (0.0, 0.0, 0.0)
    for stratum in try EventTimes.strata(of: data, by: strata) {
      var (all, members) = (0.0, 0.0)
      for moment in stratum.moments {
        all += Double(moment.entering.count)
        members += Double(moment.entering.count { group[$0] })
        let died = Double(moment.dying.count)
        observed += Double(moment.dying.count { group[$0] })
        expected += died * members / all
        if all > 1 { variance += died * (members / all) * (1 - members / all) * (all - died) / (all - 1) }
      }
    }
    guard variance > 0 else {
      return .notEstimable("the groups are never at risk together when an event happens")
    }
    let statistic = (observed - expected) * (observed - expected) / variance
    return .estimated(
      LogRank(statistic: statistic, p: Tail.chiSquared1(statistic), observed: observed, expected: expected))
  }
}
