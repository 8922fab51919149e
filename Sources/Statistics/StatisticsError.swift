import Problems

/// What is wrong with the numbers that a measure is asked of.
package typealias StatisticsError = Fault<StatisticsFault>

/// The kinds of `StatisticsError`.
package enum StatisticsFault: FaultKind {
  /// Fewer samples than the measure needs, such as no more than the neighbours asked for.
  case tooFewSamples
  /// Two lists that go together differ in length.
  case mismatchedCounts
  /// NaN or infinity among the numbers.
  case notFinite
  /// Weights that are negative or do not sum to one.
  case notMixture
  /// Fewer labels than the measure compares, or a sample without the label that it needs.
  case unlabelled
  /// A time of follow-up below 0.
  case negativeTime
}

extension StatisticsError {
  static func fewSamples(_ count: Int, of what: String = "samples", for need: String) -> StatisticsError {
    StatisticsError(.tooFewSamples, at: nil, "there are \(count) \(what), too few for \(need)")
  }

  /// Throws unless a list has as many members as there are samples.
  static func require(_ count: Int, of what: String, for samples: Int) throws(StatisticsError) {
    guard count == samples else {
      throw StatisticsError(.mismatchedCounts, at: nil, "there are \(count) \(what) for \(samples) samples")
    }
  }

  /// Throws at the first number that is NaN or infinite.
  static func requireFinite(_ values: [Double], _ what: String) throws(StatisticsError) {
    if let position = values.firstIndex(where: { !$0.isFinite }) {
      throw StatisticsError(.notFinite, at: nil, "\(what) \(position + 1) is \(values[position])")
    }
  }
}
