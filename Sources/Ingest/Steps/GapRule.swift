import Genes
import Problems

/// Fills what measured genes miss, by the configuration's rule, so that no NaN reaches a store.
struct GapRule {
  let rule: IngestConfiguration.Gaps
  let path: String

  /// Samples to leave out because they miss too many of the rows that stand for landmarks, with the fraction missed.
  func samplesToDrop(
    rows: Int, samples: Int, values: UnsafeBufferPointer<Float>
  ) -> [(sample: Int, missing: Double)] {
    guard let limit = rule.dropSamplesAbove, rows > 0 else { return [] }
    return (0..<samples).compactMap { sample in
      let missing = (0..<rows).count { values[$0 * samples + sample].isNaN }
      let fraction = Double(missing) / Double(rows)
      return fraction > limit ? (sample, fraction) : nil
    }
  }

  /// What is left to do after filling.
  enum Outcome: Equatable {
    case filled
    /// These samples, by position, must go first.
    case dropSamples([Int])
  }

  /// Fills the gaps of `panel` (landmarks x samples) in place, counting them by landmark; throws `IngestError` under the
  /// rule `error`.
  func fill(_ panel: inout CollapsedValues, sampleNames: [String], drops: inout DropLog) throws -> Outcome {
    var hit: Set<Int> = []
    for landmark in panel.measured.indices where panel.measured[landmark] {
      let gaps = panel.gaps(of: landmark)
      guard let first = gaps.first else { continue }
      let symbol = LandmarkPanel.shared.landmarks[landmark].symbol
      switch rule.fill {
      case .error:
        throw IngestError(
          .gaps, at: Place(path),
          "\(symbol) has no value in \(gaps.count) of \(panel.samples) samples, such as \(sampleNames[first])",
          remedy: "choose what happens: expression.gaps.fill: gene-mean, drop-genes or drop-samples, and "
            + "drop-samples-above for samples that miss many")
      case .geneMean: panel.fillWithMean(landmark, gaps)
      case .dropGenes:
        panel.unmeasure(landmark)
        drops.drop(.gene, symbol, "it has no value in \(gaps.count) samples", group: "it misses values in some samples")
      case .dropSamples: hit.formUnion(gaps)
      }
    }
    return hit.isEmpty ? .filled : .dropSamples(hit.sorted())
  }
}

/// Landmarks x samples while gaps are filled.
struct CollapsedValues {
  let samples: Int
  private(set) var values: [Float]
  private(set) var measured: [Bool]
  /// Values that were filled, by landmark.
  private(set) var filled: [Int32]

  init(_ panel: CollapsedPanel) {
    samples = panel.samples
    values = panel.values
    measured = panel.genes.map { $0 != nil }
    filled = Array(repeating: 0, count: panel.genes.count)
  }

  /// Samples without a value, by position.
  func gaps(of landmark: Int) -> [Int] {
    let row = values[(landmark * samples)..<((landmark + 1) * samples)]
    return row.withUnsafeBufferPointer { row in
      row.contains(where: \.isNaN) ? row.indices.filter { row[$0].isNaN } : []
    }
  }

  mutating func fillWithMean(_ landmark: Int, _ gaps: [Int]) {
    let row = landmark * samples
    var sum = 0.0
    for sample in 0..<samples where !values[row + sample].isNaN { sum += Double(values[row + sample]) }
    let mean = Float(sum / Double(samples - gaps.count))
    for sample in gaps { values[row + sample] = mean }
    filled[landmark] += Int32(gaps.count)
  }

  mutating func unmeasure(_ landmark: Int) {
    measured[landmark] = false
    for sample in 0..<samples { values[landmark * samples + sample] = 0 }
  }
}
