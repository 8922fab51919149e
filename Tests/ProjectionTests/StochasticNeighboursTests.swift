import Matrices
import Projection
import Statistics
import TestSupport
import Testing

@Suite("t-SNE")
struct StochasticNeighboursTests {
  @Test("keeps neighbours as scikit-learn 1.9.1 does", arguments: try GoldenProjection.all())
  func golden(_ golden: GoldenProjection) throws {
    let places = try StochasticNeighbours().project(
      golden.values, samples: golden.samples, features: golden.features, lanes: Lanes(2))
    let trust = try Trustworthiness.score(of: places, for: golden.values, features: golden.features)
    // Two optimisations that end apart: the figure is of the picture, not of its numbers. 0.02 is what was asked for.
    #expect(abs(trust - golden.trustworthiness) < 0.02)
  }

  @Test("gives the same bits on one lane and on two, and others for points that differ")
  func lanes() throws {
    let values = normals(60 * 8, seed: 3)
    var settings = StochasticNeighbours()
    settings.iterations = 300
    let one = try settings.project(values, samples: 60, features: 8, lanes: Lanes(1))
    #expect(try settings.project(values, samples: 60, features: 8, lanes: Lanes(2)) == one)
    #expect(try settings.project(normals(60 * 8, seed: 4), samples: 60, features: 8) != one)
  }

  @Test("stays finite for few samples, equal samples and huge numbers", arguments: [0, 1, 2, 3, 5, 12])
  func edges(samples: Int) throws {
    var settings = StochasticNeighbours()
    settings.iterations = 260
    for scale in [Float(0), 1, 1e15, 1e-15] {
      let values = normals(samples * 4, seed: 5).map { $0 * scale }
      let places = try settings.project(values, samples: samples, features: 4)
      #expect(places.count == samples && places.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }
  }

  @Test("takes one feature")
  func oneFeature() throws {
    var settings = StochasticNeighbours()
    settings.iterations = 260
    let places = try settings.project(normals(20, seed: 6), samples: 20, features: 1)
    #expect(places.allSatisfy { $0.x.isFinite && $0.y.isFinite })
  }

  @Test("refuses NaN and a matrix that is none")
  func refusals() throws {
    #expect(throws: StatisticsError.self) { try StochasticNeighbours().project([1, .nan], samples: 2, features: 1) }
    #expect(throws: StatisticsError.self) { try StochasticNeighbours().project([1, 2, 3], samples: 2, features: 2) }
  }
}

/// Numbers that are roughly normal.
func normals(_ count: Int, seed: UInt64) -> [Float] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in (0..<6).reduce(-3) { sum, _ in sum + Float.random(in: 0..<1, using: &generator) } }
}
