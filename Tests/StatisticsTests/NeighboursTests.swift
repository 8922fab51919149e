import TestSupport
import Testing

@testable import Statistics

@Suite("Nearest neighbours")
struct NeighboursTests {
  @Test("are those of scikit-learn's brute force")
  func golden() throws {
    let clouds = try MeasuresFixture.load().clouds
    let found = try Neighbours.find(in: clouds.points(), k: clouds.k)[0]
    #expect(found.indices == clouds.neighbours && found.samples == Array(0..<clouds.samples))
  }

  @Test("of equal distance stand in the order of the samples, and none is its own")
  func ties() throws {
    let ties = try MeasuresFixture.load().ties
    let points = try Points(ties.values, samples: ties.samples, features: ties.features)
    let found = try Neighbours.find(in: points, k: ties.k)[0]
    #expect(found.indices == ties.neighbours)
    for (position, sample) in found.samples.enumerated() {
      #expect(!found.neighbours(at: position).contains(sample))
    }
  }

  @Test("of points that are all the same are the first ones")
  func allEqual() throws {
    let points = try Points(Array(repeating: 7.5, count: 12), samples: 4, features: 3)
    #expect(try Neighbours.find(in: points, k: 2)[0].indices == [1, 2, 0, 2, 0, 1, 0, 1])
  }

  @Test("are the exact ones where single precision cannot tell the points apart by their inner products")
  func illConditioned() throws {
    var generator = SeededGenerator(seed: 4)
    // Two tight clouds far apart: differences within a cloud are lost in the rounding of norms.
    let near = PointCloud.normal(20, 6, using: &generator).map { 1000 + $0 / 64 }
    let far = PointCloud.normal(20, 6, using: &generator).map { $0 / 64 - 1000 }
    try expectBruteForce(near + far, samples: 40, features: 6, k: 4)
  }

  @Test("do not depend on the scale of the numbers", arguments: [-100, 0, 100])
  func scale(exponent: Int) throws {
    var generator = SeededGenerator(seed: 5)
    let factor = Float(sign: .plus, exponent: exponent, significand: 1)
    let values = PointCloud.normal(30, 5, using: &generator).map { $0 * factor }
    try expectBruteForce(values, samples: 30, features: 5, k: 6)
  }

  @Test(
    "are the same for blocks of rows as for all at once, whatever the number of samples", arguments: [63, 64, 65, 131])
  func blocks(samples: Int) throws {
    var generator = SeededGenerator(seed: 6)
    try expectBruteForce(
      PointCloud.normal(samples, 3, using: &generator), samples: samples, features: 3, k: 2)
  }

  @Test("leave out who has no label, and cross domains where told")
  func candidates() throws {
    // On a line at 0, 1, 2, 3, 4, 5.
    let points = try Points([0, 1, 2, 3, 4, 5], samples: 6, features: 1)
    let labels = Labels(["a", "", "a", "b", "b", "a"])
    let domains = Labels(["x", "x", "x", "y", "y", "y"])
    let found = try Neighbours.find(
      in: points, k: 2,
      among: [.init(), .init(labelled: labels), .init(across: domains), .init(labelled: labels, across: domains)])
    #expect(found[0].indices == [1, 2, 0, 2, 1, 3, 2, 4, 3, 5, 4, 3])
    #expect(found[1].samples == [0, 2, 3, 4, 5] && found[1].indices == [2, 3, 3, 0, 2, 4, 3, 5, 4, 3])
    #expect(found[2].indices == [3, 4, 3, 4, 3, 4, 2, 1, 2, 1, 2, 1])
    #expect(found[3].samples == [0, 2, 3, 4, 5] && found[3].indices == [3, 4, 3, 4, 2, 0, 2, 0, 2, 0])
  }

  @Test("more of them than there are candidates is an error, as are counts that do not match")
  func errors() throws {
    let points = try Points([0, 1, 2, 3], samples: 4, features: 1)
    let three = Labels(["a", "a", "b"])
    let lopsided = Labels(["a", "a", "a", "b"])
    let gap = Labels(["a", "a", "", "b"])
    let cases: [(Int, Neighbours.Candidates, StatisticsFault)] = [
      (4, .init(), .tooFewSamples), (0, .init(), .tooFewSamples), (3, .init(labelled: gap), .tooFewSamples),
      (2, .init(across: lopsided), .tooFewSamples), (1, .init(labelled: three), .mismatchedCounts),
      (1, .init(across: three), .mismatchedCounts), (1, .init(across: gap), .unlabelled),
    ]
    for (k, candidates, kind) in cases {
      let error = #expect(throws: StatisticsError.self) { try Neighbours.find(in: points, k: k, among: [candidates]) }
      #expect(error?.kind == kind)
    }
  }

  /// Compares with a search over the differences in double precision.
  private func expectBruteForce(_ values: [Float], samples: Int, features: Int, k: Int) throws {
    let found = try Neighbours.find(in: Points(values, samples: samples, features: features), k: k)[0]
    for sample in 0..<samples {
      let distances = (0..<samples).map { other in
        (0..<features).reduce(0.0) {
          let difference = Double(values[sample * features + $1]) - Double(values[other * features + $1])
          return $0 + difference * difference
        }
      }
      let order = (0..<samples).filter { $0 != sample }.sorted { (distances[$0], $0) < (distances[$1], $1) }
      #expect(Array(found.neighbours(at: sample)) == Array(order.prefix(k)))
    }
  }
}
