import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("Tests of two groups")
struct GroupTestTests {
  @Test("agree with scipy 1.17: exact and asymptotic, Welch and Student")
  func golden() throws {
    for entry in try TestsFixture.load().groups {
      let whitney = try #require(try MannWhitney.test(entry.a, entry.b).value)
      // The exact distribution is a sum of up to a few thousand terms.
      #expect(whitney.u == entry.u && agree(whitney.p, entry.uP, to: 1e-11), "\(whitney)")
      guard let t = entry.welch, let degrees = entry.welchDf, let p = entry.welchP, let student = entry.student,
        let studentP = entry.studentP
      else {
        #expect(try TTest.test(entry.a, entry.b, variances: .separate).value == nil)
        continue
      }
      let welch = try #require(try TTest.test(entry.a, entry.b, variances: .separate).value)
      #expect(agree(welch.t, t, to: 1e-11) && agree(welch.degreesOfFreedom, degrees, to: 1e-11))
      #expect(agree(welch.p, p, to: 1e-9))
      let pooled = try #require(try TTest.test(entry.a, entry.b, variances: .pooled).value)
      #expect(agree(pooled.t, student, to: 1e-11) && agree(pooled.p, studentP, to: 1e-9))
    }
  }

  private struct Shared: Decodable {
    let a: [Double]
    let b: [Double]
    let mannwhitney_two_sided_p: Double
    let mannwhitney_u: Double
    let welch_t_p: Double
    let student_t_p: Double
  }

  @Test("agree with the shared figures", .enabled(if: SharedData.isPresent, "skips: no shared folder"))
  func shared() throws {
    let content = try Data(contentsOf: URL(fileURLWithPath: SharedData.golden("statistics.json")))
    let expected = try JSONDecoder().decode(Shared.self, from: content)
    let whitney = try #require(try MannWhitney.test(expected.a, expected.b).value)
    #expect(whitney.u == expected.mannwhitney_u && agree(whitney.p, expected.mannwhitney_two_sided_p, to: 1e-12))
    let welch = try #require(try TTest.test(expected.a, expected.b, variances: .separate).value)
    #expect(agree(welch.p, expected.welch_t_p, to: 1e-11))
    let student = try #require(try TTest.test(expected.a, expected.b, variances: .pooled).value)
    #expect(agree(student.p, expected.student_t_p, to: 1e-11))
  }

  @Test("the exact p counts the orders")
  func exact() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<20 {
      let (m, n) = (Int.random(in: 1...4, using: &generator), Int.random(in: 1...6, using: &generator))
      let values = Array(0..<m + n).shuffled(using: &generator)
      let test = try #require(
        try MannWhitney.test(values[..<m].map(Double.init), values[m...].map(Double.init)).value)
      var (all, extreme) = (0, 0)
      for subset in 0..<1 << (m + n) where subset.nonzeroBitCount == m {
        let sum = (0..<m + n).filter { subset >> $0 & 1 == 1 }.reduce(0, +) - m * (m - 1) / 2
        all += 1
        if Double(sum) >= max(test.u, Double(m * n) - test.u) { extreme += 1 }
      }
      #expect(test.method == .exact)
      #expect(agree(test.p, min(1, 2 * Double(extreme) / Double(all)), to: 1e-13))
    }
  }

  @Test("do not depend on the order of the groups")
  func symmetric() throws {
    var generator = SeededGenerator(seed: 6)
    for count in [5, 40] {
      let a = (0..<count).map { _ in Double(Int.random(in: 0...30, using: &generator)) }
      let b = (0..<20).map { _ in Double(Int.random(in: 5...40, using: &generator)) }
      let (one, other) = (try MannWhitney.test(a, b), try MannWhitney.test(b, a))
      #expect(one.value?.p == other.value?.p)
      #expect(agree((one.value?.superiority ?? 0) + (other.value?.superiority ?? 0), 1, to: 1e-14))
      #expect(
        try TTest.test(a, b, variances: .separate).value?.t
          == TTest.test(b, a, variances: .separate).value.map { -$0.t })
    }
  }

  @Test("say why there is no p")
  func notEstimable() throws {
    #expect(try MannWhitney.test([], [1]).reason == "a group has no values")
    #expect(try MannWhitney.test([2, 2], [2, 2, 2]).reason == "all values are equal")
    #expect(try TTest.test([1], [2, 3], variances: .separate).reason == "a group has fewer than two values")
    #expect(try TTest.test([1, 1], [3, 3], variances: .pooled).reason == "neither group has any spread")
    #expect(throws: StatisticsError.self) { try MannWhitney.test([.infinity], [1]) }
  }
}
