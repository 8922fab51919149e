import Foundation
import TestSupport

/// Clouds of random points, for properties.
enum PointCloud {
  /// samples x features numbers of a normal distribution around `centre`.
  static func normal(
    _ samples: Int, _ features: Int, around centre: Float = 0, using generator: inout SeededGenerator
  ) -> [Float] {
    (0..<samples * features).map { _ in centre + normal(using: &generator) }
  }

  /// The points turned by random angles in random planes, computed in double precision.
  static func rotated(_ values: [Float], features: Int, using generator: inout SeededGenerator) -> [Float] {
    var result = values.map(Double.init)
    for _ in 0..<3 * features {
      let (a, b) = (Int.random(in: 0..<features, using: &generator), Int.random(in: 0..<features, using: &generator))
      guard a != b else { continue }
      let angle = Double.random(in: 0..<2 * .pi, using: &generator)
      for row in stride(from: 0, to: result.count, by: features) {
        let (x, y) = (result[row + a], result[row + b])
        result[row + a] = cos(angle) * x - sin(angle) * y
        result[row + b] = sin(angle) * x + cos(angle) * y
      }
    }
    return result.map { Float($0) }
  }

  /// Box and Muller's way.
  private static func normal(using generator: inout SeededGenerator) -> Float {
    let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator))).squareRoot()
    return Float(radius * cos(Double.random(in: 0..<2 * .pi, using: &generator)))
  }
}
