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
  package static func scores(of points: Points, by labellings: [Labels]) throws(StatisticsError) -> [Double] {
    for labels in labellings {
      try StatisticsError.require(labels.count, of: "labels", for: points.samples)
      guard labels.names.count > 1 else {
        throw StatisticsError(.unlabelled, at: nil, "a silhouette needs two labels; there are \(labels.names.count)")
      }
      guard labels.names.count < labels.labelled else {
        throw StatisticsError.fewSamples(labels.labelled, for: "a silhouette of \(labels.names.count) labels")
      }
    }
    let sums = DistanceSums(points, labellings)
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
  /// samples x bins: the labels of each labelling, then one bin for samples without.
  private var sums: [Double]
  private let bins: Int
  private let ranges: [Range<Int>]

  /// Rows that a processor's cache holds while all others pass by.
  private static let tile = 32

  init(_ points: Points, _ labellings: [Labels]) {
    var (ranges, bins) = ([Range<Int>](), 0)
    for labels in labellings {
      ranges.append(bins..<bins + labels.names.count)
      bins += labels.names.count + 1
    }
    (self.ranges, self.bins) = (ranges, bins)
    sums = Array(repeating: 0, count: points.samples * bins)
    // The bin of each sample: samples x labellings.
    let places = (0..<points.samples).flatMap { sample in
      zip(labellings, ranges).map { $0.codes[sample] < 0 ? $1.upperBound : $1.lowerBound + $0.codes[sample] }
    }
    sums.withUnsafeMutableBufferPointer { Self.add(points, places, labellings.count, bins, to: $0) }
  }

  /// The sums of a sample by label.
  func sums(of sample: Int, _ labelling: Int) -> [Double] {
    ranges[labelling].map { sums[sample * bins + $0] }
  }

  /// Each pair once, in a fixed order.
  private static func add(
    _ points: Points, _ places: [Int], _ labellings: Int, _ bins: Int, to sums: UnsafeMutableBufferPointer<Double>
  ) {
    points.values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      let stride = points.stride
      for first in Swift.stride(from: 0, to: points.samples, by: tile) {
        let last = min(points.samples, first + tile)
        for one in 0..<last {
          for other in max(first, one + 1)..<max(last, one + 1) {
            let distance = squaredDistance(start + one * stride, start + other * stride, stride).squareRoot()
            for labelling in 0..<labellings {
              sums[one * bins + places[other * labellings + labelling]] += distance
              sums[other * bins + places[one * labellings + labelling]] += distance
            }
          }
        }
      }
    }
  }
}
