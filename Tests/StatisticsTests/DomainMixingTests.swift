import TestSupport
import Testing

@testable import Statistics

@Suite("Mixing of domains")
struct DomainMixingTests {
  private func mixing(_ values: [Float], _ features: Int, _ domains: [String], k: Int) throws -> DomainMixing {
    let points = try Points(values, samples: domains.count, features: features)
    return try DomainMixing(Neighbours.find(in: points, k: k)[0], domains: Labels(domains))
  }

  @Test("agrees with numpy on scikit-learn's neighbours, as a whole and by domain")
  func golden() throws {
    let clouds = try MeasuresFixture.load().clouds
    let mixing = try mixing(clouds.values, clouds.features, clouds.domains, k: clouds.k)
    // Both add the same few hundred fractions in double precision, in another order.
    #expect(agree(mixing.score, clouds.mixing, to: 1e-12))
    #expect(agree(mixing.byDomain[0], clouds.mixingLine, to: 1e-12))
    #expect(agree(mixing.byDomain[1], clouds.mixingPatient, to: 1e-12))
  }

  @Test("is about 1 for one cloud whose points are dealt to domains, also of unequal size and more than two")
  func mixed() throws {
    for (seed, names) in [(1, ["a", "b"]), (2, ["a", "b", "b", "b", "b"]), (3, ["a", "b", "c"])] {
      var generator = SeededGenerator(seed: UInt64(seed))
      let values = PointCloud.normal(300, 4, using: &generator)
      let domains = (0..<300).map { names[$0 % names.count] }
      let mixing = try mixing(values, 4, domains, k: 15)
      // 300 x 15 neighbours of which at least a fifth are of another domain: the mean of as many draws has a standard
      // error of about 0.03, a few times more where neighbourhoods overlap. Seeds are fixed.
      #expect(abs(mixing.score - 1) < 0.1)
    }
  }

  @Test("is 0 for clouds far apart")
  func apart() throws {
    var generator = SeededGenerator(seed: 7)
    let values = PointCloud.normal(40, 3, using: &generator) + PointCloud.normal(40, 3, around: 100, using: &generator)
    let domains = (0..<80).map { $0 < 40 ? "a" : "b" }
    let mixing = try mixing(values, 3, domains, k: 10)
    #expect(mixing.score == 0 && mixing.byDomain == [0, 0])
  }

  @Test("is the largest where every neighbour is of the other domain")
  func largest() throws {
    // Pairs of equal points, one of each domain: 4 of the 7 others are of the other domain.
    let values: [Float] = [0, 0, 10, 10, 20, 20, 30, 30]
    let mixing = try mixing(values, 1, ["a", "b", "a", "b", "a", "b", "a", "b"], k: 1)
    #expect(agree(mixing.score, 7.0 / 4, to: 1e-15))  // one division
  }

  @Test("a rotation changes nothing")
  func rotation() throws {
    var generator = SeededGenerator(seed: 8)
    let values =
      PointCloud.normal(60, 6, using: &generator) + PointCloud.normal(40, 6, around: 0.7, using: &generator)
    let turned = PointCloud.rotated(values, features: 6, using: &generator)
    let domains = (0..<100).map { $0 < 60 ? "a" : "b" }
    let (before, after) = (try mixing(values, 6, domains, k: 9), try mixing(turned, 6, domains, k: 9))
    // Rounding of the turned points to single precision may swap two neighbours that are nearly as far: one of 900.
    #expect(abs(before.score - after.score) < 0.01 && before.score > 0.1 && before.score < 0.95)
  }

  @Test("a single domain, a sample without one, or too few of them is an error")
  func errors() throws {
    let domains: [([String], StatisticsFault)] = [
      (["a", "a", "a"], .unlabelled), (["a", "b", ""], .unlabelled), (["a", "b"], .mismatchedCounts),
    ]
    let neighbours = try Neighbours.find(in: Points([0, 1, 2], samples: 3, features: 1), k: 1)[0]
    for (domains, kind) in domains {
      let error = #expect(throws: StatisticsError.self) { try DomainMixing(neighbours, domains: Labels(domains)) }
      #expect(error?.kind == kind)
    }
  }
}
