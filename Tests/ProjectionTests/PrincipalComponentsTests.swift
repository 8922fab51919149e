import Projection
import Testing

@Suite("Principal components")
struct PrincipalComponentsTests {
  @Test("have the variances of scikit-learn 1.9.1", arguments: try GoldenProjection.all())
  func golden(_ golden: GoldenProjection) throws {
    let principal = PrincipalComponents(
      golden.values, samples: golden.samples, features: golden.features, components: 3)
    for (own, expected) in zip(principal.variances, golden.variances) {
      // Products in single precision, and an iteration that has come near, not to, the last of like components.
      #expect(abs(own - expected) < 5e-3 * expected)
    }
  }

  @Test("keep all distances where there are as many as features")
  func isometry() {
    let values = normals(30 * 4, seed: 11)
    let scores = PrincipalComponents(values, samples: 30, features: 4, components: 4).scores
    for (first, second) in [(0, 1), (3, 17), (8, 29)] {
      let (before, after) = (distance(values, first, second), distance(scores, first, second))
      // Single precision of numbers of about 1.
      #expect(abs(before - after) < 1e-4 * before)
    }
  }

  @Test("of equal samples are 0")
  func equal() {
    let principal = PrincipalComponents(
      Array(repeating: 2.5, count: 24), samples: 6, features: 4, components: 2)
    #expect(principal.scores.allSatisfy { $0 == 0 })
  }

  private func distance(_ values: [Float], _ first: Int, _ second: Int) -> Float {
    (0..<4).reduce(0) { sum, feature in
      let difference = values[first * 4 + feature] - values[second * 4 + feature]
      return sum + difference * difference
    }
  }
}
