/// How several rows of one landmark become one.
package enum ProbeCollapse: String, Sendable, CaseIterable {
  /// The row with the highest mean: studies agree best on it (BMC Bioinformatics 12:322).
  case maxMean = "max-mean"
  /// The mean of the rows, sample by sample.
  case mean
  /// The row with the widest interquartile range.
  case maxIQR = "max-iqr"

  /// Makes at most one row a landmark out of the candidates.
  ///
  /// Of a landmark's rows only those with its best route compete; ties go to the first. Missing values do not count
  /// towards a mean or a range; a row without any value never wins. Samples that the chosen row misses stay NaN. The
  /// values are candidates x samples, row-major, NaN where missing.
  package func collapse(
    _ candidates: [CandidateRow], values: UnsafeBufferPointer<Float>, samples: Int
  ) -> CollapsedPanel {
    precondition(
      values.count == candidates.count * samples,
      "\(values.count) values for \(candidates.count) rows of \(samples) samples")
    var rows: [[Int]] = Array(repeating: [], count: LandmarkPanel.count)
    for (row, candidate) in candidates.enumerated() { rows[candidate.landmark].append(row) }
    var panel = CollapsedPanel(samples: samples)
    for (landmark, all) in rows.enumerated() where !all.isEmpty {
      let sources = RowSet(rows: all, candidates: candidates, values: values, samples: samples)
      let competing = sources.competing(dropped: &panel.dropped)
      guard !competing.isEmpty else { continue }
      let chosen = self == .mean ? competing : [best(of: competing, in: sources, dropped: &panel.dropped)]
      panel.genes[landmark] = CollapsedGene(
        sources: chosen.map { candidates[$0].source }, merged: chosen.count, route: candidates[chosen[0]].route)
      panel.fill(landmark, with: chosen.map(sources.values(of:)))
    }
    return panel
  }

  private func best(of rows: [Int], in sources: RowSet, dropped: inout [DroppedRow]) -> Int {
    if rows.count == 1 { return rows[0] }
    var winner = rows[0]
    var highest = -Double.infinity
    for row in rows {
      let score = self == .maxIQR ? interquartileRange(sources.values(of: row)) : average(sources.values(of: row))
      if score > highest { (winner, highest) = (row, score) }
    }
    let name = sources.candidates[winner].source
    for row in rows where row != winner {
      dropped.append(sources.drop(row, self == .maxIQR ? .narrowerRange(than: name) : .lowerMean(than: name)))
    }
    return winner
  }
}

/// A row of the source that stands for a landmark.
package struct CandidateRow: Sendable, Equatable {
  /// Index into `LandmarkPanel.landmarks`.
  package var landmark: Int
  package var route: MatchRoute
  /// The source's own id of the row, such as the probe.
  package var source: String

  package init(landmark: Int, route: MatchRoute, source: String) {
    self.landmark = landmark
    self.route = route
    self.source = source
  }
}

/// The candidates of one landmark, with their values.
private struct RowSet {
  let rows: [Int]
  let candidates: [CandidateRow]
  let values: UnsafeBufferPointer<Float>
  let samples: Int

  func values(of row: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(rebasing: values[(row * samples)..<((row + 1) * samples)])
  }

  func drop(_ row: Int, _ reason: DroppedRow.Reason) -> DroppedRow {
    DroppedRow(source: candidates[row].source, landmark: candidates[row].landmark, reason: reason)
  }

  /// The rows with a value and with the best route among those.
  func competing(dropped: inout [DroppedRow]) -> [Int] {
    let measured = rows.filter { row in
      if values(of: row).contains(where: { !$0.isNaN }) { return true }
      dropped.append(drop(row, .noValues))
      return false
    }
    guard let best = measured.min(by: { candidates[$0].route < candidates[$1].route }) else { return [] }
    return measured.filter { row in
      if candidates[row].route == candidates[best].route { return true }
      dropped.append(drop(row, .betterRoute(of: candidates[best].source)))
      return false
    }
  }
}

/// Mean of the values that are there.
private func average(_ values: UnsafeBufferPointer<Float>) -> Double {
  var sum = 0.0
  var count = 0
  for value in values where !value.isNaN {
    sum += Double(value)
    count += 1
  }
  return sum / Double(count)
}

/// Third less first quartile of the values that are there, interpolated linearly as numpy's `percentile` does.
func interquartileRange(_ values: UnsafeBufferPointer<Float>) -> Double {
  let sorted = values.filter { !$0.isNaN }.sorted()
  func quantile(_ fraction: Double) -> Double {
    let position = fraction * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return Double(sorted[below]) + (position - Double(below)) * (Double(sorted[above]) - Double(sorted[below]))
  }
  return sorted.isEmpty ? .nan : quantile(0.75) - quantile(0.25)
}
