import Matrices

/// The silhouette of labels, from -1 to 1: how much nearer samples are to their own label than to the next.
///
/// For a sample, a is its mean Euclidean distance to the others of its label, b the smallest of its mean distances to
/// the samples of another label, and the silhouette (b - a) / max(a, b); 0 for a label's only sample (Rousseeuw 1987,
/// doi:10.1016/0377-0427(87)90125-7).
package enum Silhouette {
  /// The mean silhouette over the samples that have a label; the others are left out.
  ///
  /// Throws `.mismatchedCounts`, `.unlabelled` for fewer than two labels, `.tooFewSamples` where every label is that
  /// of one sample. O(samples^2 features).
  package static func score(of points: Points, by labels: Labels) throws(StatisticsError) -> Double {
    try scores(of: points, by: [labels])[0]
  }

  /// The same for several ways of labelling, from one pass over the distances.
  package static func scores(
    of points: Points, by labellings: [Labels], lanes: Lanes = Lanes(1)
  ) throws(StatisticsError) -> [Double] {
    for labels in labellings {
      try StatisticsError.require(labels.count, of: "labels", for: points.samples)
      guard labels.names.count > 1 else {
        throw StatisticsError(.unlabelled, at: nil, "a silhouette needs two labels; there are \(labels.names.count)")
      }
      guard labels.names.count < labels.labelled else {
        throw StatisticsError.fewSamples(labels.labelled, for: "a silhouette of \(labels.names.count) labels")
      }
    }
    let sums = DistanceSums(points, labellings, lanes)
    return labellings.indices.map { mean(of: labellings[$0], sums, $0) }
  }

  private static func mean(of labels: Labels, _ sums: DistanceSums, _ labelling: Int) -> Double {
    var counts = [Double](repeating: 0, count: labels.names.count)
    for code in labels.codes where code >= 0 { counts[code] += 1 }
    var sum = 0.0
    for (sample, own) in labels.codes.enumerated() where own >= 0 && counts[own] > 1 {
      let distances = sums.sums(of: sample, labelling)
      let within = distances[own] / (counts[own] - 1)
      var next = Double.infinity
      for (label, distance) in distances.enumerated() where label != own { next = min(next, distance / counts[label]) }
      let larger = max(within, next)
      if larger > 0 { sum += (next - within) / larger }
    }
    return sum / Double(labels.labelled)
  }
}

/// For each sample the sum of its distances to the samples of each label, for several ways of labelling.
///
/// From the differences themselves and not from inner products, which cancel where points lie close together.
private struct DistanceSums {
  /// Two parts of samples x bins: the labels of each labelling, then one bin for samples without. A sum is that of both
  /// parts.
  private var sums: [Double]
  private let bins: Int
  private let samples: Int
  private let ranges: [Range<Int>]

  init(_ points: Points, _ labellings: [Labels], _ lanes: Lanes) {
    var (ranges, bins) = ([Range<Int>](), 0)
    for labels in labellings {
      ranges.append(bins..<bins + labels.names.count)
      bins += labels.names.count + 1
    }
    (self.ranges, self.bins, samples) = (ranges, bins, points.samples)
    // The bin of each sample: samples x labellings.
    let places = (0..<points.samples).flatMap { sample in
      zip(labellings, ranges).map { $0.codes[sample] < 0 ? $1.upperBound : $1.lowerBound + $0.codes[sample] }
    }
    sums = Array(repeating: 0, count: 2 * samples * bins)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      DistancePass(points: points, places: places, labellings: labellings.count, bins: bins).run(into: sums, lanes)
    }
  }

  /// The sums of a sample by label.
  func sums(of sample: Int, _ labelling: Int) -> [Double] {
    ranges[labelling].map { sums[sample * bins + $0] + sums[(samples + sample) * bins + $0] }
  }
}

/// Goes once through all pairs, in a fixed order: tiles of samples, each with itself and all samples before it, which are
/// cut in two.
private struct DistancePass {
  let points: Points
  let places: [Int]
  let labellings: Int
  let bins: Int

  /// Rows that a processor's cache holds while all others pass by.
  private static let tile = 32

  func run(into sums: UnsafeMutablePointer<Double>, _ lanes: Lanes) {
    nonisolated(unsafe) let sums = sums
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.tile * points.stride) { wide in
      guard let wide = wide.baseAddress else { return }
      nonisolated(unsafe) let tile = wide
      for first in stride(from: 0, to: points.samples, by: Self.tile) {
        let last = min(points.samples, first + Self.tile)
        points.write(first..<last, into: wide)
        lanes.fork { part in
          let rows = part == 0 ? 0..<last / 2 : last / 2..<last
          add(rows, first..<last, tile, to: sums + part * points.samples * bins)
        }
      }
    }
  }

  /// Adds the pairs of `rows` with the later ones of a tile, which `wide` holds.
  private func add(
    _ rows: Range<Int>, _ tile: Range<Int>, _ wide: UnsafePointer<Double>, to sums: UnsafeMutablePointer<Double>
  ) {
    let (stride, labellings, bins) = (points.stride, labellings, bins)
    places.withUnsafeBufferPointer { places in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: stride) { own in
        guard let own = own.baseAddress else { return }
        for row in rows {
          points.write(row..<row + 1, into: own)
          for other in max(tile.lowerBound, row + 1)..<max(tile.upperBound, row + 1) {
            let place = wide + (other - tile.lowerBound) * stride
            let distance = squaredDistance(own, place, stride).squareRoot()
            for labelling in 0..<labellings {
              sums[row * bins + places[other * labellings + labelling]] += distance
              sums[other * bins + places[row * labellings + labelling]] += distance
            }
          }
        }
      }
    }
  }
}
