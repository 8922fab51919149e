import Matrices

/// The gradient of t-SNE's divergence at some places.
struct Forces {
  private let angle: Double
  private(set) var gradients: [SIMD2<Double>]
  private var repulsions: [SIMD2<Double>]
  private var sums: [Double]

  init(samples: Int, angle: Double) {
    self.angle = angle
    gradients = Array(repeating: .zero, count: samples)
    repulsions = gradients
    sums = Array(repeating: 0, count: samples)
  }

  /// 4 times (attraction x exaggeration - repulsion) for each point; each is a sum of its own, whatever the lanes.
  mutating func update(
    _ places: [SIMD2<Double>], _ affinities: Affinities, exaggeration: Double, _ lanes: Lanes
  ) {
    let (tree, angle, count, middle) = (QuadTree(places), angle, places.count, places.count / 2)
    gradients.withUnsafeMutableBufferPointer { gradients in
      repulsions.withUnsafeMutableBufferPointer { repulsions in
        sums.withUnsafeMutableBufferPointer { sums in
          places.withUnsafeBufferPointer { places in
            guard let first = places.baseAddress else { return }
            nonisolated(unsafe) let (gradients, repulsions, sums, places) = (gradients, repulsions, sums, first)
            lanes.fork { part in
              for row in part == 0 ? 0..<middle : middle..<count {
                (repulsions[row], sums[row]) = tree.repulsion(on: places[row], angle: angle)
                gradients[row] = Self.attraction(on: row, places, affinities)
              }
            }
          }
        }
      }
    }
    let total = sums.reduce(0, +)
    let scale = total > 0 ? 1 / total : 0
    for row in places.indices {
      gradients[row] = 4 * (exaggeration * gradients[row] - scale * repulsions[row])
    }
  }

  private static func attraction(
    on row: Int, _ places: UnsafePointer<SIMD2<Double>>, _ affinities: Affinities
  ) -> SIMD2<Double> {
    let place = places[row]
    var (x, y) = (0.0, 0.0)
    affinities.columns.withUnsafeBufferPointer { columns in
      affinities.values.withUnsafeBufferPointer { values in
        var position = affinities.starts[row]
        let end = affinities.starts[row + 1]
        while position < end {
          let other = places[columns[position]]
          let (across, up) = (place.x - other.x, place.y - other.y)
          let strength = values[position] / (1 + (across * across + up * up))
          x += strength * across
          y += strength * up
          position &+= 1
        }
      }
    }
    return SIMD2(x, y)
  }
}
