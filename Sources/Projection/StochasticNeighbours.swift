import Matrices
import Randomness
import Statistics

/// t-SNE: points of many dimensions as points of a plane that keep their neighbours (van der Maaten and Hinton, JMLR 9,
/// 2579, 2008), with forces by the Barnes-Hut tree (van der Maaten, JMLR 15, 3221, 2014).
///
/// The same points and settings give the same bits on one lane and on two. Defaults, optimiser and start are those of
/// scikit-learn: 250 iterations with the attraction exaggerated, then the rest; the start is the first two principal
/// components, scaled to a deviation of 0.0001.
package struct StochasticNeighbours: Sendable, Equatable {
  /// How many neighbours count, roughly; at most a third of the other samples are used.
  package var perplexity = 30.0
  /// All iterations, those of the early exaggeration included.
  package var iterations = 1000
  /// How much stronger points attract each other at first.
  package var exaggeration = 12.0
  /// nil: samples / exaggeration / 4, at least 50 (Belkina et al. 2019, doi:10.1038/s41467-019-13055-y).
  package var learningRate: Double?
  /// A cell of the tree acts as one point where its side is less than this share of its distance; at most 0.7.
  package var angle = 0.5
  /// Points of more dimensions are first brought to so many principal components.
  package var components = 50
  package var seed: UInt64 = 0

  package init() {}

  private static let exaggerated = 250

  /// Two coordinates for each row of a row-major samples x features matrix.
  ///
  /// Throws `.mismatchedCounts`, `.notFinite`. O(samples^2 features) for the neighbours, then O(samples log samples) an
  /// iteration.
  package func project(
    _ values: [Float], samples: Int, features: Int, lanes: Lanes = Lanes(1)
  ) throws(StatisticsError) -> [SIMD2<Double>] {
    precondition(perplexity > 0 && angle > 0 && angle <= 0.7, "perplexity \(perplexity), angle \(angle)")
    let points = try Points(values, samples: samples, features: features)
    guard samples > 1 else { return Array(repeating: .zero, count: samples) }
    let wanted = min(max(components, 2), samples, features)
    let principal = PrincipalComponents(
      values, samples: samples, features: features, components: wanted, seed: seed, lanes: lanes)
    let affinities: Affinities
    if features > components, samples > components {
      let narrow = try Points(principal.scores, samples: samples, features: wanted)
      affinities = try Affinities(narrow, principal.scores, features: wanted, perplexity, lanes)
    } else {
      affinities = try Affinities(points, values, features: features, perplexity, lanes)
    }
    return descend(from: start(principal), affinities, lanes)
  }

  private func start(_ principal: PrincipalComponents) -> [SIMD2<Double>] {
    let (count, width) = (principal.samples, principal.components)
    var places = (0..<count).map { row in
      SIMD2(Double(principal.scores[row * width]), width > 1 ? Double(principal.scores[row * width + 1]) : 0)
    }
    let mean = places.reduce(.zero, +) / Double(count)
    let deviation = (places.reduce(0) { $0 + ($1.x - mean.x) * ($1.x - mean.x) } / Double(count)).squareRoot()
    guard deviation > 0 else {
      var noise = SplitMix64(seed: seed)
      return places.map { _ in SIMD2(Double(noise.normal()), Double(noise.normal())) * 1e-4 }
    }
    for row in places.indices { places[row] *= 1e-4 / deviation }
    return places
  }

  /// Gradient descent with momentum and a gain for each coordinate (Jacobs 1988).
  private func descend(
    from start: [SIMD2<Double>], _ affinities: Affinities, _ lanes: Lanes
  ) -> [SIMD2<Double>] {
    let rate = learningRate ?? max(Double(start.count) / exaggeration / 4, 50)
    var places = start
    var updates = [SIMD2<Double>](repeating: .zero, count: places.count)
    var gains = [SIMD2<Double>](repeating: .one, count: places.count)
    var forces = Forces(samples: places.count, angle: angle)
    for iteration in 0..<iterations {
      let isEarly = iteration < Self.exaggerated
      forces.update(places, affinities, exaggeration: isEarly ? exaggeration : 1, lanes)
      let momentum = isEarly ? 0.5 : 0.8
      for row in places.indices {
        let gradient = forces.gradients[row]
        let isTurning = (updates[row] * gradient) .< 0
        gains[row] = (gains[row] * 0.8).replacing(with: gains[row] + 0.2, where: isTurning)
        gains[row].clamp(lowerBound: SIMD2(repeating: 0.01), upperBound: SIMD2(repeating: .infinity))
        updates[row] = momentum * updates[row] - rate * gains[row] * gradient
        places[row] += updates[row]
      }
    }
    return places
  }
}
