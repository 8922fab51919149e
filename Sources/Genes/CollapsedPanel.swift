/// The 978 landmarks' values after probes and duplicates were collapsed.
package struct CollapsedPanel: Sendable {
  package let samples: Int
  /// Landmarks x samples, row-major; 0 for a landmark that was not measured, NaN where its row misses a sample.
  package private(set) var values: [Float]
  /// What became of each landmark; nil where the source does not measure it.
  package internal(set) var genes: [CollapsedGene?]
  /// Candidate rows that are in no landmark's values, in order of the landmarks.
  package internal(set) var dropped: [DroppedRow] = []

  init(samples: Int) {
    self.samples = samples
    values = Array(repeating: 0, count: LandmarkPanel.count * samples)
    genes = Array(repeating: nil, count: LandmarkPanel.count)
  }

  /// Number of landmarks with values.
  package var measured: Int { genes.count { $0 != nil } }

  mutating func fill(_ landmark: Int, with rows: [UnsafeBufferPointer<Float>]) {
    let start = landmark * samples
    if rows.count == 1 {
      values.replaceSubrange(start..<(start + samples), with: rows[0])
      return
    }
    for sample in 0..<samples {
      var sum = 0.0
      var count = 0
      for row in rows where !row[sample].isNaN {
        sum += Double(row[sample])
        count += 1
      }
      values[start + sample] = count == 0 ? .nan : Float(sum / Double(count))
    }
  }
}

/// Where a landmark's values come from.
package struct CollapsedGene: Sendable, Equatable {
  /// Ids of the rows that were chosen or averaged, in source order.
  package let sources: [String]
  /// How many rows the values are the mean of.
  package let merged: Int
  package let route: MatchRoute
}

/// A row that stands for a landmark but is not in its values.
package struct DroppedRow: Sendable, Equatable {
  package enum Reason: Sendable, Equatable, CustomStringConvertible {
    /// Another row names the landmark by a better route.
    case betterRoute(of: String)
    case lowerMean(than: String)
    case narrowerRange(than: String)
    /// Every value of the row is missing.
    case noValues

    package var description: String {
      switch self {
      case .betterRoute(let row): "\(row) names the gene by a better route"
      case .lowerMean(let row): "its mean is not above that of \(row)"
      case .narrowerRange(let row): "its interquartile range is not above that of \(row)"
      case .noValues: "it holds no values"
      }
    }
  }

  package let source: String
  package let landmark: Int
  package let reason: Reason
}
