import Testing

@testable import Statistics

@Suite("Summaries")
struct SummaryTests {
  @Test("agree with numpy: mean, standard deviation of a sample, linear quantiles")
  func golden() throws {
    let expected = try MeasuresFixture.load().summaries
    let summary = try Summary(expected.values)
    // Sums of 23 doubles in another order.
    #expect(agree(summary.mean, expected.mean, to: 1e-14) && summary.count == 23)
    #expect(agree(try #require(summary.standardDeviation), expected.standardDeviation, to: 1e-14))
    for (level, quantile) in zip(expected.levels, expected.quantiles) {
      #expect(agree(summary.quantile(level), quantile, to: 1e-14))
    }
  }

  @Test("of one number are that number, without a standard deviation")
  func single() throws {
    let summary = try Summary([2.5])
    #expect(summary.mean == 2.5 && summary.standardDeviation == nil)
    #expect([0, 0.3, 1].allSatisfy { summary.quantile($0) == 2.5 })
  }

  @Test("of nothing or of NaN are errors")
  func errors() {
    #expect(throws: StatisticsError.self) { try Summary([]) }
    let error = #expect(throws: StatisticsError.self) { try Summary([1, .nan]) }
    #expect(error?.kind == .notFinite && error?.cause == "number 2 is nan")
  }
}
