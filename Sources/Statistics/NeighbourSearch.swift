import Matrices

/// The search for the neighbours of one set of candidates, block of rows after block.
struct NeighbourSearch {
  private let k: Int
  private let candidates: Neighbours.Candidates
  private let samples: [Int]
  /// The domain of each sample; its own number where domains do not matter, so that only itself is left out.
  private let domains: [Int]
  private var indices: [Int] = []
  private var position = 0

  init(_ points: Points, k: Int, _ candidates: Neighbours.Candidates) throws(StatisticsError) {
    guard k > 0 else { throw StatisticsError(.tooFewSamples, at: nil, "\(k) neighbours are none") }
    (self.k, self.candidates) = (k, candidates)
    if let labels = candidates.labelled {
      try StatisticsError.require(labels.count, of: "labels", for: points.samples)
      samples = labels.codes.indices.filter { labels.codes[$0] >= 0 }
    } else {
      samples = Array(0..<points.samples)
    }
    guard let across = candidates.across else {
      domains = Array(0..<points.samples)
      guard samples.count > k else {
        throw StatisticsError.fewSamples(samples.count, for: "\(k) neighbours of each")
      }
      return
    }
    try StatisticsError.require(across.count, of: "domains", for: points.samples)
    domains = across.codes
    for (name, count) in zip(across.names, try across.counts(of: samples)) where count > 0 {
      guard samples.count - count >= k else {
        throw StatisticsError.fewSamples(
          samples.count - count, of: "samples outside \(name)", for: "\(k) neighbours of each of its samples")
      }
    }
  }

  var result: Neighbours {
    Neighbours(k: k, candidates: candidates, total: domains.count, samples: samples, indices: indices)
  }

  /// Adds the neighbours of the rows that ask; `products` are the inner products of the rows with all points.
  mutating func search(
    _ rows: Range<Int>, _ products: UnsafePointer<Float>, _ points: Points, _ centred: CentredPoints, _ lanes: Lanes
  ) {
    let start = position
    while position < samples.count, samples[position] < rows.upperBound { position += 1 }
    let (k, asking, search) = (k, samples[start..<position], self)
    var found = [Int](repeating: 0, count: asking.count * k)
    found.withUnsafeMutableBufferPointer { found in
      nonisolated(unsafe) let (found, products) = (found, products)
      lanes.fork { part in
        var nearest = NearestList(k)
        let middle = asking.count / 2
        for place in part == 0 ? 0..<middle : middle..<asking.count {
          let sample = asking[start + place]
          search.find(sample, products + (sample - rows.lowerBound) * points.samples, points, centred, &nearest)
          for (rank, neighbour) in nearest.samples.enumerated() { found[place * k + rank] = neighbour }
        }
      }
    }
    indices += found
  }

  /// Inner products bound each distance from both sides. Of the k smallest upper bounds the largest is a distance that
  /// no neighbour exceeds; of the few samples whose lower bound is within it, the exact distance decides.
  private func find(
    _ sample: Int, _ products: UnsafePointer<Float>, _ points: Points, _ centred: CentredPoints,
    _ nearest: inout NearestList
  ) {
    nearest.removeAll()
    forEachCandidate(of: sample, products, centred) { nearest.offer($1 + $2, of: $0) }
    let limit = nearest.limit
    nearest.removeAll()
    let stride = points.stride
    withUnsafeTemporaryAllocation(of: Double.self, capacity: stride) { wide in
      points.values.withUnsafeBufferPointer { values in
        guard let start = values.baseAddress, let own = wide.baseAddress else { return }
        points.write(sample..<sample + 1, into: own)
        forEachCandidate(of: sample, products, centred) { other, distance, error in
          guard distance - error <= limit else { return }
          nearest.offer(squaredDistance(own, start + other * stride, stride), of: other)
        }
      }
    }
  }

  /// Goes through the candidates in their order, with the squared distance by inner products and its largest error.
  @inline(__always)
  private func forEachCandidate(
    of sample: Int, _ products: UnsafePointer<Float>, _ centred: CentredPoints, _ body: (Int, Double, Double) -> Void
  ) {
    let (domain, norm) = (domains[sample], centred.squaredNorms[sample])
    centred.squaredNorms.withUnsafeBufferPointer { squaredNorms in
      domains.withUnsafeBufferPointer { domains in
        for other in samples where domains[other] != domain {
          let norms = norm + squaredNorms[other]
          body(other, norms - 2 * Double(products[other]), centred.error(norms))
        }
      }
    }
  }
}
