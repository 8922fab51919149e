/// Points of a plane in nested squares, each with the number and the centre of its points.
///
/// The squares stand depth first, so that one steps into a square by going to the next, and past it by `next`.
struct QuadTree {
  private struct Node {
    var centre: SIMD2<Double>
    var points: Double
    /// The square of its side; 0 for one that is not divided.
    var squaredSide: Double
    var next: Int
  }

  private var nodes: [Node] = []

  /// Points closer than this share (2^-depth) of the whole count as one.
  private static let depth = 40

  init(_ places: [SIMD2<Double>]) {
    guard let first = places.first else { return }
    var (low, high) = (first, first)
    for place in places {
      low = pointwiseMin(low, place)
      high = pointwiseMax(high, place)
    }
    nodes.reserveCapacity(2 * places.count)
    let side = max((high - low).max(), .leastNormalMagnitude) * (1 + 1e-9)
    var order = Array(places.indices)
    add(&order, 0..<places.count, places, low, side, depth: 0)
  }

  private mutating func add(
    _ order: inout [Int], _ range: Range<Int>, _ places: [SIMD2<Double>], _ corner: SIMD2<Double>, _ side: Double,
    depth: Int
  ) {
    let node = nodes.count
    let sum = range.reduce(SIMD2<Double>.zero) { $0 + places[order[$1]] }
    let count = Double(range.count)
    nodes.append(Node(centre: sum / count, points: count, squaredSide: 0, next: node + 1))
    guard range.count > 1, depth < Self.depth else { return }
    let (half, middle) = (side / 2, corner + side / 2)
    var quarters: [[Int]] = [[], [], [], []]
    for position in range {
      let place = places[order[position]]
      quarters[(place.x < middle.x ? 0 : 1) + (place.y < middle.y ? 0 : 2)].append(order[position])
    }
    var start = range.lowerBound
    for (number, quarter) in quarters.enumerated() where !quarter.isEmpty {
      let part = start..<start + quarter.count
      order.replaceSubrange(part, with: quarter)
      let offset = SIMD2(number % 2 == 0 ? 0 : half, number < 2 ? 0 : half)
      add(&order, part, places, corner + offset, half, depth: depth + 1)
      start = part.upperBound
    }
    nodes[node].squaredSide = side * side
    nodes[node].next = nodes.count
  }

  /// The sum over the other points of q^2 (place - point), and that of q, with q = 1 / (1 + squared distance).
  ///
  /// `place` is one of the points: what it adds by itself is taken off. For an angle of at most 0.7 it never stands in
  /// a square that acts as one point, as no distance within a square exceeds its diagonal.
  func repulsion(on place: SIMD2<Double>, angle: Double) -> (SIMD2<Double>, Double) {
    let limit = angle * angle
    return nodes.withUnsafeBufferPointer { nodes in
      var (force, sum, position) = (SIMD2<Double>.zero, -1.0, 0)
      while position < nodes.count {
        let node = nodes[position]
        let difference = place - node.centre
        let distance = difference.x * difference.x + difference.y * difference.y
        guard node.squaredSide < limit * distance || node.squaredSide == 0 else {
          position += 1
          continue
        }
        let closeness = 1 / (1 + distance)
        sum += node.points * closeness
        force += node.points * closeness * closeness * difference
        position = node.next
      }
      return (force, max(0, sum))
    }
  }
}
