import Matrices
import Statistics

/// Whether neighbours of a projection are neighbours of the data: 1 where all are (Venna and Kaski 2001).
///
/// 1 - 2 / (n k (2n - 3k - 1)) times the sum, over the samples i and those j of their k neighbours in the projection
/// that are none of the k in the data, of the rank of j among i's neighbours in the data, minus k.
package enum Trustworthiness {
  /// Takes a row-major samples x features matrix and a place for each sample.
  ///
  /// Throws `.mismatchedCounts`, `.notFinite`, and `.tooFewSamples` unless k is less than half of the samples.
  /// O(samples^2 (features + k)).
  package static func score(
    of places: [SIMD2<Double>], for values: [Float], features: Int, k: Int = 5
  ) throws(StatisticsError) -> Double {
    let n = places.count
    guard 2 * k < n else {
      throw StatisticsError(.tooFewSamples, at: nil, "\(n) samples are too few for \(k) neighbours of each")
    }
    _ = try Points(values, samples: n, features: features)
    // Relative to the mean, so that single precision keeps what tells near places apart.
    let mean = places.reduce(.zero, +) / Double(n)
    let flat = places.flatMap { [Float($0.x - mean.x), Float($0.y - mean.y)] }
    let near = try Neighbours.find(in: Points(flat, samples: n, features: 2), k: k)[0]
    var penalty = 0
    var distances = [Double](repeating: 0, count: n)
    for sample in 0..<n {
      fill(&distances, values, features, sample)
      for other in near.neighbours(at: sample) {
        let own = distances[other]
        var rank = 1
        for third in 0..<n where third != sample && third != other {
          if distances[third] < own || (distances[third] == own && third < other) { rank += 1 }
        }
        penalty += max(0, rank - k)
      }
    }
    return 1 - 2 * Double(penalty) / (Double(n * k) * Double(2 * n - 3 * k - 1))
  }

  private static func fill(_ distances: inout [Double], _ values: [Float], _ features: Int, _ sample: Int) {
    for other in distances.indices {
      var sum = 0.0
      for feature in 0..<features {
        let difference = Double(values[sample * features + feature]) - Double(values[other * features + feature])
        sum += difference * difference
      }
      distances[other] = sum
    }
  }
}
