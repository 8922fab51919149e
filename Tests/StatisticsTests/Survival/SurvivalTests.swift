import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("Survival")
struct SurvivalTests {
  @Test("curve, limits, numbers at risk and median are those of lifelines 0.30")
  func kaplanMeier() throws {
    for entry in try TestsFixture.load().survival {
      let curve = KaplanMeier(try entry.data().filter { entry.group[$0] == 1 })
      #expect(curve.times == entry.times && curve.atRisk == entry.atRisk)
      for position in curve.times.indices {
        // lifelines sums logarithms; a product of a hundred factors differs by their rounding.
        #expect(abs(curve.survival[position] - entry.survival[position]) < 1e-12)
        #expect(abs(curve.lower[position] - entry.lower[position]) < 1e-12)
        #expect(abs(curve.upper[position] - entry.upper[position]) < 1e-12)
      }
      #expect(curve.median.value == entry.median)
    }
  }

  @Test("the log-rank test is that of lifelines")
  func logRank() throws {
    for entry in try TestsFixture.load().survival {
      let test = try #require(try LogRank.test(entry.data(), group: entry.group.map { $0 == 1 }).value)
      #expect(agree(test.statistic, entry.logrank, to: 1e-11))
      // The tail of 120 multiplies the relative error of the statistic by 60.
      #expect(agree(test.p, entry.logrankP, to: 1e-9))
    }
  }

  private func check(_ fit: Estimate<CoxModel>, _ expected: TestsFixture.Cox) throws {
    let model = try #require(fit.value, "\(fit.reason ?? "")")
    #expect(agree(model.logLikelihood, expected.logLikelihood, to: 1e-10))
    #expect(model.effects.count == expected.coefficients.count)
    for (place, effect) in model.effects.enumerated() {
      // lifelines was asked for a relative change of the likelihood below 1e-15: half the digits of a coefficient.
      #expect(abs(effect.coefficient - expected.coefficients[place]) < 1e-7)
      #expect(agree(effect.standardError, expected.errors[place], to: 1e-7))
      #expect(agree(effect.interval.lower, expected.lower[place], to: 1e-6))
      #expect(agree(effect.interval.upper, expected.upper[place], to: 1e-6))
      #expect(agree(effect.p, expected.p[place], to: 1e-5))
    }
  }

  @Test("Cox's model is that of lifelines: one covariate, two, and strata")
  func cox() throws {
    for entry in try TestsFixture.load().survival {
      let (data, group) = (try entry.data(), entry.group.map(Double.init))
      try check(CoxModel.fit(data, covariates: [group]), entry.cox)
      try check(CoxModel.fit(data, covariates: [group, entry.other]), entry.two)
      try check(CoxModel.fit(data, covariates: [group], strata: entry.stratum), entry.stratified)
    }
  }

  private struct Shared: Decodable {
    struct Case: Decodable {
      let time: [Double]
      let event: [Int]
      let group: [Int]
      let logrank_statistic: Double
      let logrank_p: Double
      let cox_coef: Double
      let cox_se: Double
      let cox_hr_lower: Double
      let cox_hr_upper: Double
      let cox_p: Double
    }
    let cases: [Case]
  }

  @Test("agrees with the shared figures", .enabled(if: SharedData.isPresent, "skips: no shared folder"))
  func shared() throws {
    let text = try String(contentsOfFile: SharedData.golden("survival.json"), encoding: .utf8)
    // A median that is not reached stands as Infinity, which is no JSON.
    let content = Data(text.replacingOccurrences(of: "Infinity", with: "null").utf8)
    for entry in try JSONDecoder().decode(Shared.self, from: content).cases {
      let data = try SurvivalData(times: entry.time, events: entry.event.map { $0 == 1 })
      let test = try #require(try LogRank.test(data, group: entry.group.map { $0 == 1 }).value)
      #expect(agree(test.statistic, entry.logrank_statistic, to: 1e-10))
      #expect(agree(test.p, entry.logrank_p, to: 1e-8))
      let fit = try CoxModel.fit(data, covariates: [entry.group.map(Double.init)])
      let effect = try #require(fit.value?.effects.first)
      // By default lifelines stops where the likelihood changes by 1e-9 of itself: half the digits of a coefficient.
      #expect(abs(effect.coefficient - entry.cox_coef) < 1e-5 && agree(effect.standardError, entry.cox_se, to: 1e-6))
      #expect(agree(effect.interval.lower, entry.cox_hr_lower, to: 1e-5))
      #expect(agree(effect.interval.upper, entry.cox_hr_upper, to: 1e-5) && agree(effect.p, entry.cox_p, to: 1e-4))
    }
  }

  @Test("without ties, the score test of Cox's model at 0 is the log-rank test")
  func scoreTest() throws {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<30 {
      let times = (0..<40).map { _ in Double.random(in: 0...10, using: &generator) }
      let events = times.map { _ in Bool.random(using: &generator) }
      let data = try SurvivalData(times: times, events: events)
      let group = times.indices.map { $0 % 3 == 0 }
      let strata = times.indices.map { $0 % 2 }
      for strata in [nil, strata] {
        let likelihood = PartialLikelihood(
          columns: [group.map { $0 ? 1 : 0 }], strata: try EventTimes.strata(of: data, by: strata), data: data)
        let terms = likelihood.terms(at: [0])
        let test = try #require(try LogRank.test(data, group: group, strata: strata).value)
        #expect(agree(terms.gradient[0] * terms.gradient[0] / terms.information[0][0], test.statistic, to: 1e-10))
      }
    }
  }

  @Test("of samples that all die, the curve is the share that is left")
  func withoutCensoring() throws {
    let curve = KaplanMeier(try SurvivalData(times: [3, 1, 2, 0], events: [true, true, true, true]))
    #expect(curve.times == [0, 1, 2, 3] && curve.survival == [0.75, 0.5, 0.25, 0])
    #expect(curve.median == .estimated(1) && curve.atRisk == [4, 3, 2, 1])
    #expect(zip(curve.lower, curve.upper).allSatisfy { $0 <= $1 } && curve.upper.last == 0)
  }

  @Test("numbers at risk count those followed to a time")
  func atRisk() throws {
    let data = try SurvivalData(times: [5, 1, 3, 3], events: [false, true, true, false])
    #expect(data.numbersAtRisk(at: [0, 1, 2, 3, 4, 6]) == [4, 4, 3, 3, 1, 0])
  }

  @Test("says why nothing can be estimated")
  func notEstimable() throws {
    let alive = try SurvivalData(times: [1, 2, 3], events: [false, false, false])
    #expect(try LogRank.test(alive, group: [true, false, true]) == .notEstimable("no sample has the event"))
    #expect(try CoxModel.fit(alive, covariates: [[1, 0, 1]]).reason == "no sample has the event")
    #expect(KaplanMeier(alive).median.value == nil)
    let data = try SurvivalData(times: [1, 2, 3, 4], events: [true, true, true, false])
    #expect(try LogRank.test(data, group: [true, true, true, true]).reason == "a group has no samples")
    #expect(try CoxModel.fit(data, covariates: [[2, 2, 2, 2]]).reason == "a covariate is the same for all samples")
    #expect(try CoxModel.fit(data, covariates: [[0, 1, 0, 1], [1, 0, 1, 0]]).value == nil)
    #expect(KaplanMeier(try SurvivalData(times: [], events: [])).median == .notEstimable("there are no samples"))
  }

  @Test("finds that a hazard ratio has no bound")
  func separation() throws {
    let times = (0..<60).map { Double(1 + $0 % 30) }
    let group = (0..<60).map { $0 < 30 ? 1.0 : 0 }
    let data = try SurvivalData(times: times, events: group.map { $0 == 1 })
    for covariate in [group, group.map { 1 - $0 }] {
      #expect(
        try CoxModel.fit(data, covariates: [covariate]).reason?.hasPrefix("the hazard ratio has no bound") == true)
    }
    #expect(try LogRank.test(data, group: group.map { $0 == 1 }).value != nil)
  }

  @Test("refuses negative times and NaN")
  func errors() {
    let error = #expect(throws: StatisticsError.self) { try SurvivalData(times: [1, -2], events: [true, false]) }
    #expect(error?.kind == .negativeTime && error?.cause == "time 2 is -2.0")
    #expect(throws: StatisticsError.self) { try SurvivalData(times: [.nan], events: [true]) }
    #expect(throws: StatisticsError.self) { try SurvivalData(times: [1], events: []) }
  }

  @Test("q-values are scipy's, and gaps are no tests")
  func discovery() throws {
    let expected = try TestsFixture.load().discovery
    let found = FalseDiscovery.qValues([nil] + expected.p + [nil])
    #expect(found.first == .some(nil) && found.last == .some(nil))
    for (q, value) in zip(found.dropFirst(), expected.q) {
      // A product and a quotient.
      #expect(agree(q ?? .nan, value, to: 1e-15))
    }
    #expect(FalseDiscovery.qValues([]).isEmpty)
  }
}
