import TestSupport
import Testing

@testable import Statistics

@Suite("Silhouettes")
struct SilhouetteTests {
  @Test("agree with scikit-learn, with gaps and a label of a single sample")
  func golden() throws {
    let clouds = try MeasuresFixture.load().clouds
    let scores = try Silhouette.scores(
      of: clouds.points(), by: [Labels(clouds.tissues), Labels(clouds.domains)])
    // scikit-learn takes distances from inner products in double precision: about 1e-13 of a distance.
    #expect(agree(scores[0], clouds.silhouetteTissue, to: 1e-9))
    #expect(agree(scores[1], clouds.silhouetteDomain, to: 1e-9))
  }

  @Test("are those of the definition on a line")
  func byHand() throws {
    let points = try Points([0, 2, 10], samples: 3, features: 1)
    // (10 - 2) / 10 and (8 - 2) / 8; the single sample counts as 0.
    #expect(try agree(Silhouette.score(of: points, by: Labels(["a", "a", "b"])), (0.8 + 0.75) / 3, to: 1e-15))
  }

  @Test("are 0 where all points are the same")
  func allEqual() throws {
    let points = try Points(Array(repeating: 3.25, count: 8), samples: 4, features: 2)
    #expect(try Silhouette.score(of: points, by: Labels(["a", "a", "b", "b"])) == 0)
  }

  @Test("do not change under rotation, and hardly where points lie far from the origin")
  func rotation() throws {
    var generator = SeededGenerator(seed: 12)
    let values = PointCloud.normal(50, 5, using: &generator)
    let labels = Labels((0..<50).map { ["a", "b", "c"][$0 % 3] })
    let score = { try Silhouette.score(of: Points($0, samples: 50, features: 5), by: labels) }
    let plain = try score(values)
    // Points of about 1 are rounded to 6e-8 when they are turned, to 2^-12 when they are moved; the score is a mean of
    // quotients of their distances.
    let turned = try score(PointCloud.rotated(values, features: 5, using: &generator))
    #expect(abs(plain - turned) < 1e-6)
    #expect(try abs(plain - score(values.map { $0 + 4096 })) < 1e-3)
  }

  @Test(
    "have the same bits for one labelling as for several, and for any number of tiles", arguments: [31, 32, 33, 70])
  func bits(samples: Int) throws {
    var generator = SeededGenerator(seed: 13)
    let points = try Points(PointCloud.normal(samples, 3, using: &generator), samples: samples, features: 3)
    let labellings = [2, 3, 5].map { count in Labels((0..<samples).map { "\($0 % count)" }) }
    let together = try Silhouette.scores(of: points, by: labellings)
    #expect(try labellings.map { try Silhouette.score(of: points, by: $0) } == together)
  }

  @Test(
    "one label, or a label for each sample, is an error",
    arguments: [
      (["a", "a", "a"], StatisticsFault.unlabelled), (["a", "", ""], .unlabelled), (["a", "b", "c"], .tooFewSamples),
      (["a", "b", ""], .tooFewSamples), (["a", "b"], .mismatchedCounts),
    ])
  func errors(labels: [String], kind: StatisticsFault) throws {
    let points = try Points([0, 1, 2], samples: 3, features: 1)
    let error = #expect(throws: StatisticsError.self) { try Silhouette.score(of: points, by: Labels(labels)) }
    #expect(error?.kind == kind)
  }
}
