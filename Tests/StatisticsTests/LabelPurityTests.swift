import TestSupport
import Testing

@testable import Statistics

@Suite("Purity of labels")
struct LabelPurityTests {
  private func purity(
    _ values: [Float], _ features: Int, _ labels: Labels, k: Int, across: Labels? = nil
  ) throws -> LabelPurity {
    let points = try Points(values, samples: labels.count, features: features)
    let found = try Neighbours.find(in: points, k: k, among: [.init(labelled: labels, across: across)])
    return try LabelPurity(found[0], labels: labels)
  }

  @Test("agrees with numpy on scikit-learn's neighbours, among all and across domains")
  func golden() throws {
    let clouds = try MeasuresFixture.load().clouds
    let labels = Labels(clouds.tissues)
    // Both add the same fractions in double precision, in another order.
    let all = try purity(clouds.values, clouds.features, labels, k: clouds.k)
    #expect(agree(all.purity, clouds.purity, to: 1e-12) && agree(all.chance, clouds.purityChance, to: 1e-12))
    let cross = try purity(clouds.values, clouds.features, labels, k: clouds.k, across: Labels(clouds.domains))
    #expect(agree(cross.purity, clouds.crossPurity, to: 1e-12))
    #expect(agree(cross.chance, clouds.crossPurityChance, to: 1e-12))
  }

  @Test("is 1 where every label has a cloud of its own, far from the others")
  func pure() throws {
    var generator = SeededGenerator(seed: 9)
    let values = (0..<3).flatMap { PointCloud.normal(20, 3, around: Float($0) * 50, using: &generator) }
    let labels = Labels((0..<60).map { "t\($0 / 20)" })
    let found = try purity(values, 3, labels, k: 10)
    #expect(found.purity == 1 && agree(found.chance, 19.0 / 59, to: 1e-12))  // a mean of 60 equal fractions
  }

  @Test("is about its chance where labels are dealt to one cloud, among all and across domains")
  func chance() throws {
    var generator = SeededGenerator(seed: 10)
    let values = PointCloud.normal(300, 4, using: &generator)
    let labels = Labels((0..<300).map { _ in ["a", "b", "b", "c", ""][Int.random(in: 0..<5, using: &generator)] })
    let domains = Labels((0..<300).map { _ in Bool.random(using: &generator) ? "x" : "y" })
    for across in [nil, domains] {
      let found = try purity(values, 4, labels, k: 12, across: across)
      // About 240 x 12 draws with a chance near 0.37: a standard error of 0.01, and more for overlap. Seeds are fixed.
      #expect(abs(found.purity - found.chance) < 0.04)
    }
  }

  @Test("who has no label changes nothing")
  func gaps() throws {
    var generator = SeededGenerator(seed: 11)
    let values = PointCloud.normal(40, 3, using: &generator)
    let names = (0..<40).map { ["a", "b", "c"][$0 % 3] }
    let alone = try purity(values, 3, Labels(names), k: 5)
    let more = values + PointCloud.normal(10, 3, using: &generator)
    let among = try purity(more, 3, Labels(names + Array(repeating: "", count: 10)), k: 5)
    #expect(alone == among)
  }

  @Test("across domains, a label that the other domain lacks counts as 0 in both figures")
  func lacking() throws {
    let labels = Labels(["a", "b", "a", "a"])
    let found = try purity([0, 0, 1, 1], 1, labels, k: 1, across: Labels(["x", "x", "y", "y"]))
    // The first finds an a for certain; the b of x none; the two of y find an a or a b, and the first stands ahead.
    #expect(found.purity == 0.75 && found.chance == (1 + 0 + 0.5 + 0.5) / 4)
  }

  @Test("neighbours without a label, or none at all, are errors")
  func errors() throws {
    let neighbours = try Neighbours.find(in: Points([0, 1, 2], samples: 3, features: 1), k: 1)[0]
    let cases: [([String], StatisticsFault)] = [(["a", "b", ""], .unlabelled), (["a", "b"], .mismatchedCounts)]
    for (labels, kind) in cases {
      let error = #expect(throws: StatisticsError.self) { try LabelPurity(neighbours, labels: Labels(labels)) }
      #expect(error?.kind == kind)
    }
    let none = Neighbours(k: 1, candidates: .init(), total: 0, samples: [], indices: [])
    #expect(throws: StatisticsError.self) { try LabelPurity(none, labels: Labels([])) }
  }
}
