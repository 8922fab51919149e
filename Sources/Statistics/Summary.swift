/// What a report says of a list of numbers.
package struct Summary: Sendable, Equatable {
  package let count: Int
  package let mean: Double
  /// Of a sample (divided by count - 1); nil for a single number.
  package let standardDeviation: Double?
  private let sorted: [Double]

  /// Throws `.tooFewSamples` for no numbers, `.notFinite` at NaN and infinity.
  package init(_ values: [Double]) throws(StatisticsError) {
    guard !values.isEmpty else { throw StatisticsError.fewSamples(0, of: "numbers", for: "a summary") }
    if let position = values.firstIndex(where: { !$0.isFinite }) {
      throw StatisticsError(.notFinite, at: nil, "number \(position + 1) is \(values[position])")
    }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    (count, self.mean, sorted) = (values.count, mean, values.sorted())
    standardDeviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : nil
  }

  /// The number below which a share of the numbers lies, between 0 (the smallest) and 1 (the largest), by a line
  /// between the two nearest: numpy's method `linear`, type 7 of Hyndman and Fan 1996 (doi:10.2307/2684934).
  package func quantile(_ share: Double) -> Double {
    Summary.quantile(share, ofSorted: sorted)
  }

  /// The same of numbers that ascend, of which there is at least one.
  static func quantile(_ share: Double, ofSorted sorted: [Double]) -> Double {
    precondition((0...1).contains(share) && !sorted.isEmpty, "the share \(share) of \(sorted.count) numbers")
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (sorted[below + 1] - sorted[below]) * (position - Double(below))
  }
}
