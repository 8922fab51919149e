import Matrices
import Randomness

/// Percentile bootstrap intervals of a classifier's measures (Efron and Tibshirani 1993, chapter 13).
///
/// Drawn within each class: every resample has as many positives and negatives as the data, so that all of them have
/// both. Each resample has a generator of its own, made of the seed and its number: the same bits on any number of
/// threads. A resample without a figure, such as a precision where nothing is predicted positive, is left out.
package struct Bootstrap: Sendable, Equatable {
  /// The least share of resamples that must give a figure.
  private static let leastShare = 0.95

  package let resamples: Int
  package let seed: UInt64

  package init(resamples: Int, seed: UInt64) {
    precondition(resamples > 1, "\(resamples) resamples")
    (self.resamples, self.seed) = (resamples, seed)
  }

  /// The 2.5 and 97.5 percentiles of each measure. O(resamples x n).
  package func intervals(
    of tally: ScoreTally, metrics: [ClassificationMetric] = ClassificationMetric.allCases, lanes: Lanes = Lanes(1)
  ) -> [ClassificationMetric: Estimate<Interval>] {
    if let missing = tally.missingClass {
      return Dictionary(uniqueKeysWithValues: metrics.map { ($0, .notEstimable(missing)) })
    }
    let places = (Self.places(tally.positives), Self.places(tally.negatives))
    var values = [Double?](repeating: nil, count: resamples * metrics.count)
    values.withUnsafeMutableBufferPointer { values in
      // Each half writes places of its own.
      nonisolated(unsafe) let values = values
      lanes.split(resamples, least: 32) { range in
        for resample in range {
          let drawn = draw(resample, tally, places)
          let found = drawn.metrics
          for (place, metric) in metrics.enumerated() {
            values[resample * metrics.count + place] = found[metric]?.value
          }
        }
      }
    }
    return Dictionary(
      uniqueKeysWithValues: metrics.enumerated().map { place, metric in
        (metric, interval((0..<resamples).compactMap { values[$0 * metrics.count + place] }))
      })
  }

  private func interval(_ values: [Double]) -> Estimate<Interval> {
    guard Double(values.count) >= Self.leastShare * Double(resamples) else {
      return .notEstimable("only \(values.count) of \(resamples) resamples give a figure")
    }
    let sorted = values.sorted()
    return .estimated(
      Interval(lower: Summary.quantile(0.025, ofSorted: sorted), upper: Summary.quantile(0.975, ofSorted: sorted)))
  }

  private func draw(_ number: Int, _ tally: ScoreTally, _ places: (positives: [Int32], negatives: [Int32]))
    -> ScoreTally
  {
    let own = SplitMix64.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) ^ (UInt64(number) &+ 1) &* 0xD1B5_4A32_D192_ED03
    var generator = SplitMix64(seed: SplitMix64.mixed(own))
    var positives = [Int](repeating: 0, count: tally.scores.count)
    var negatives = positives
    for _ in places.positives.indices {
      positives[Int(places.positives[generator.below(places.positives.count)])] += 1
    }
    for _ in places.negatives.indices {
      negatives[Int(places.negatives[generator.below(places.negatives.count)])] += 1
    }
    return ScoreTally(scores: tally.scores, positives: positives, negatives: negatives)
  }

  /// For each sample of a class, the place of its score.
  private static func places(_ counts: [Int]) -> [Int32] {
    counts.enumerated().flatMap { place, count in repeatElement(Int32(place), count: count) }
  }
}
