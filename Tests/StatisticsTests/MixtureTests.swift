import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("Entropy of mixtures")
struct MixtureTests {
  private struct Shared: Decodable {
    let weights: [[Double]]
    let entropies: [Double]
    private enum CodingKeys: String, CodingKey {
      case weights
      case entropies = "shannon_entropy_nats"
    }
  }

  private func entropy(_ weights: [Float]) throws -> Double {
    try Mixture.entropies(ofRows: weights, columns: max(1, weights.count)).first ?? .nan
  }

  @Test("agrees with scipy on weights in single precision")
  func golden() throws {
    let mixtures = try MeasuresFixture.load().mixtures
    let found = try Mixture.entropies(ofRows: mixtures.weights, columns: mixtures.columns)
    #expect(found.count == mixtures.entropies.count)
    for (entropy, expected) in zip(found, mixtures.entropies) {
      #expect(abs(entropy - expected) < 1e-14)  // sums of 12 doubles
    }
  }

  @Test("agrees with scipy 1.17 on the shared figures", .enabled(if: SharedData.isPresent, "skips: no shared folder"))
  func shared() throws {
    let path = try #require(SharedData.folder) + "/golden/statistics.json"
    let figures = try JSONDecoder().decode(Shared.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    for (weights, expected) in zip(figures.weights, figures.entropies) {
      // The shared weights are double; rounding them moves each by 6e-8 of itself.
      #expect(try abs(entropy(weights.map { Float($0) }) - expected) < 1e-6)
    }
  }

  @Test("is 0 for one component and ln(n) for n equal ones, the largest", arguments: [1, 2, 23, 673])
  func extremes(components: Int) throws {
    let bound = log(Double(components))
    var one = [Float](repeating: 0, count: components)
    one[components - 1] = 1
    #expect(try entropy(one) == 0)
    let even = [Float](repeating: 1 / Float(components), count: components)
    #expect(try abs(entropy(even) - bound) < 1e-12)  // divided by their own sum, the weights are equal
    var generator = SeededGenerator(seed: UInt64(components))
    let raw = (0..<components).map { _ in Double.random(in: 0..<1, using: &generator) }
    let sum = raw.reduce(0, +)
    #expect(try entropy(raw.map { Float($0 / sum) }) <= bound + 1e-12)
  }

  @Test(
    "weights that are no mixture are refused",
    arguments: [
      ([0.5, 0.4], StatisticsFault.notMixture), ([1.5, -0.5], .notMixture), ([.nan, 1], .notFinite),
      ([.infinity, 0], .notFinite),
    ] as [([Float], StatisticsFault)])
  func errors(weights: [Float], kind: StatisticsFault) {
    let error = #expect(throws: StatisticsError.self) { try entropy(weights) }
    #expect(error?.kind == kind)
  }

  @Test("the row that is no mixture is named")
  func row() {
    let error = #expect(throws: StatisticsError.self) { try Mixture.entropies(ofRows: [1, 0, 0.5, 0], columns: 2) }
    #expect(error?.cause == "row 2: the weights sum to 0.5, not to one")
    #expect(throws: StatisticsError.self) { try Mixture.entropies(ofRows: [1, 0, 1], columns: 2) }
  }
}
