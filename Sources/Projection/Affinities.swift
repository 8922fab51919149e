import Glibc
import Matrices
import Statistics

/// How much each point attracts others: for each row the columns that are not 0, and their values; the sum of all is 1.
struct Affinities {
  /// Where each row begins in `columns`, and at last their number.
  let starts: [Int]
  let columns: [Int]
  let values: [Double]

  private static let searchSteps = 100
  /// In nats, as in scikit-learn.
  private static let searchTolerance = 1e-5

  /// Gaussian weights of the 3 x perplexity nearest neighbours, whose width gives each row the perplexity, symmetrised.
  init(
    _ points: Points, _ values: [Float], features: Int, _ perplexity: Double, _ lanes: Lanes
  ) throws(StatisticsError) {
    let samples = points.samples
    let used = max(1, min(perplexity, Double(samples - 1) / 3))
    let k = min(samples - 1, Int(3 * used + 1))
    let neighbours = try Neighbours.find(in: points, k: k, lanes: lanes)[0].indices
    var weights = [Double](repeating: 0, count: samples * k)
    weights.withUnsafeMutableBufferPointer { weights in
      nonisolated(unsafe) let weights = weights
      lanes.fork { part in
        for row in part == 0 ? 0..<samples / 2 : samples / 2..<samples {
          let own = neighbours[row * k..<(row + 1) * k]
          let distances = own.map { Self.distance(values, features, row, $0) }
          for (rank, weight) in Self.weights(distances, perplexity: used).enumerated() {
            weights[row * k + rank] = weight
          }
        }
      }
    }
    (starts, columns, self.values) = Self.symmetrised(neighbours, weights, samples, k)
  }

  private static func distance(_ values: [Float], _ features: Int, _ row: Int, _ other: Int) -> Double {
    var sum = 0.0
    for feature in 0..<features {
      let difference = Double(values[row * features + feature]) - Double(values[other * features + feature])
      sum += difference * difference
    }
    return sum
  }

  /// Weights that sum to 1 and whose entropy is the logarithm of the perplexity, by bisection of the precision.
  static func weights(_ distances: [Double], perplexity: Double) -> [Double] {
    let nearest = distances.min() ?? 0
    let mean = distances.reduce(0) { $0 + ($1 - nearest) } / Double(max(1, distances.count))
    // A precision in units of the data, so that the search does not depend on their scale.
    var (precision, low, high) = (mean > 0 ? 1 / mean : 1, 0.0, Double.infinity)
    var weights = distances
    for _ in 0..<searchSteps {
      var (sum, weighted) = (0.0, 0.0)
      for rank in distances.indices {
        let excess = distances[rank] - nearest
        weights[rank] = exp(-precision * excess)
        sum += weights[rank]
        weighted += weights[rank] * excess
      }
      for rank in weights.indices { weights[rank] /= sum }
      let excess = log(sum) + precision * weighted / sum - log(perplexity)
      guard abs(excess) > searchTolerance else { break }
      if excess > 0 { low = precision } else { high = precision }
      precision = high == .infinity ? precision * 2 : (low + high) / 2
    }
    return weights
  }

  private static func symmetrised(
    _ neighbours: [Int], _ weights: [Double], _ samples: Int, _ k: Int
  ) -> ([Int], [Int], [Double]) {
    var rows = [[(column: Int, value: Double)]](repeating: [], count: samples)
    for row in 0..<samples {
      for position in row * k..<(row + 1) * k {
        let half = weights[position] / Double(2 * samples)
        rows[row].append((neighbours[position], half))
        rows[neighbours[position]].append((row, half))
      }
    }
    var (starts, columns, values) = ([0], [Int](), [Double]())
    for row in rows {
      for entry in row.sorted(by: { ($0.column, $0.value) < ($1.column, $1.value) }) {
        if columns.count > starts[starts.count - 1], columns.last == entry.column {
          values[values.count - 1] += entry.value
        } else {
          columns.append(entry.column)
          values.append(entry.value)
        }
      }
      starts.append(columns.count)
    }
    return (starts, columns, values)
  }
}
