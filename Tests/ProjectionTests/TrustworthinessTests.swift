import Projection
import Statistics
import Testing

@Suite("Trustworthiness")
struct TrustworthinessTests {
  @Test("is scikit-learn's (1.9.1) for the first two features as places", arguments: try GoldenProjection.all())
  func golden(_ golden: GoldenProjection) throws {
    let places = (0..<golden.samples).map { row in
      SIMD2(Double(golden.values[row * golden.features]), Double(golden.values[row * golden.features + 1]))
    }
    let trust = try Trustworthiness.score(of: places, for: golden.values, features: golden.features)
    // Ranks are whole numbers; scikit-learn takes distances in single precision, so that two may change places.
    #expect(abs(trust - golden.firstTwo) < 1e-4)
  }

  @Test("is 1 where the places are the points")
  func identity() throws {
    let values = normals(80, seed: 9)
    let places = (0..<40).map { SIMD2(Double(values[2 * $0]), Double(values[2 * $0 + 1])) }
    #expect(try Trustworthiness.score(of: places, for: values, features: 2) == 1)
  }

  @Test("needs more than twice as many samples as neighbours")
  func fewSamples() throws {
    let places = Array(repeating: SIMD2<Double>.zero, count: 10)
    #expect(throws: StatisticsError.self) {
      try Trustworthiness.score(of: places, for: Array(repeating: 0, count: 10), features: 1)
    }
  }
}
