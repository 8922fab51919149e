import Expression
import Genes
import Problems

/// The candidate rows in the store's unit, with the finding on the unit they came in.
struct MeasuredMatrix {
  private(set) var matrix: CandidateMatrix
  let finding: UnitFinding
  let conversion: Conversion
  /// Reads, settles the unit and converts. Throws `ExpressionError` where the values contradict what is declared.
  init(_ reader: ExpressionReader, drops: inout DropLog) throws {
    let place = Place(reader.inputs.path(of: reader.configuration.files[0]))
    let hasLengths = reader.configuration.geneLengths != nil
    var readingDrops = drops
    var matrix = try reader.read(in: reader.configuration.unit, drops: &readingDrops)
    if let unit = reader.configuration.unit {
      finding = try UnitCheck.confirm(unit, against: matrix.evidence, at: place)
    } else {
      finding = try UnitDetection.unit(of: matrix.evidence, at: place)
    }
    conversion = try Conversion(from: finding.unit, hasLengths: hasLengths, at: place)
    if conversion.need != .nothing, matrix.sums == nil {
      // The unit was found out on this pass; its sums over all genes need another.
      readingDrops = drops
      matrix = try reader.read(in: finding.unit, drops: &readingDrops)
    }
    drops = readingDrops
    drops.count(.gene, "it is no landmark", matrix.tally.notLandmarks)
    self.matrix = matrix
    if !matrix.isConverted { try convert(at: place) }
  }

  private mutating func convert(at place: Place) throws {
    let scales = try matrix.sums?.scales(at: place)
    let (conversion, lengths, width) = (conversion, matrix.lengths, matrix.width)
    var clamped = Clamped()
    let rows = matrix.rows.count
    matrix.values.withUnsafeMutableBufferPointer { values in
      for row in 0..<rows {
        conversion.convert(
          UnsafeMutableBufferPointer(rebasing: values[(row * width)..<((row + 1) * width)]), scales: scales,
          length: lengths.isEmpty ? nil : lengths[row], clamped: &clamped)
      }
    }
    matrix.clamped = clamped
  }

  /// One row a landmark for the chosen samples; leaves out the samples that the rule on gaps does not keep.
  func panel(
    of samples: inout [CohortSample], annotation: inout SampleAnnotation, collapse: ProbeCollapse, gaps: GapRule,
    drops: inout DropLog
  ) throws -> GatheredPanel {
    var values = values(of: samples)
    let blank = values.withUnsafeBufferPointer {
      gaps.samplesToDrop(rows: matrix.rows.count, samples: samples.count, values: $0)
    }
    if !blank.isEmpty {
      for (sample, missing) in blank {
        drops.drop(
          .sample, samples[sample].id, "it misses \(Int((missing * 100).rounded())) % of the genes",
          group: "it misses too many genes")
      }
      try keep(all: samples.count, but: blank.map(\.sample), &samples, &annotation, gaps: gaps)
      values = self.values(of: samples)
    }
    while true {
      let panel = values.withUnsafeBufferPointer { collapse.collapse(matrix.rows, values: $0, samples: samples.count) }
      var collapsed = CollapsedValues(panel)
      var gapDrops = drops
      switch try gaps.fill(&collapsed, sampleNames: samples.map(\.id), drops: &gapDrops) {
      case .filled:
        drops = gapDrops
        for row in panel.dropped {
          drops.drop(.row, row.source, row.reason.description, group: row.reason.group)
        }
        return GatheredPanel(panel: panel, values: collapsed)
      case .dropSamples(let missing):
        for sample in missing { drops.drop(.sample, samples[sample].id, "it misses values of measured genes") }
        try keep(all: samples.count, but: missing, &samples, &annotation, gaps: gaps)
        values = self.values(of: samples)
      }
    }
  }

  private func keep(
    all: Int, but dropped: [Int], _ samples: inout [CohortSample], _ annotation: inout SampleAnnotation, gaps: GapRule
  ) throws {
    let gone = Set(dropped)
    let kept = (0..<all).filter { !gone.contains($0) }
    guard !kept.isEmpty else {
      throw IngestError(
        .gaps, at: Place(gaps.path), "every sample misses values, so none is left",
        remedy: "choose another rule under expression.gaps")
    }
    samples = kept.map { samples[$0] }
    annotation.keep(kept)
  }

  /// Candidate rows x samples; a sample of several columns has the mean of those that are there.
  private func values(of samples: [CohortSample]) -> [Float] {
    if samples.count == matrix.width, samples.enumerated().allSatisfy({ $1.columns == [$0] }) { return matrix.values }
    var result = [Float](repeating: .nan, count: matrix.rows.count * samples.count)
    for row in matrix.rows.indices {
      for (position, sample) in samples.enumerated() {
        var sum = 0.0
        var count = 0
        for column in sample.columns where !matrix.values[row * matrix.width + column].isNaN {
          sum += Double(matrix.values[row * matrix.width + column])
          count += 1
        }
        if count > 0 { result[row * samples.count + position] = Float(sum / Double(count)) }
      }
    }
    return result
  }
}

/// The landmarks' values and where they come from.
struct GatheredPanel {
  let panel: CollapsedPanel
  let values: CollapsedValues
}

extension DroppedRow.Reason {
  /// The reason without the names in it, under which such rows are counted.
  fileprivate var group: String {
    switch self {
    case .betterRoute: "another row names the gene by a better route"
    case .lowerMean: "another row of the gene has the higher mean"
    case .narrowerRange: "another row of the gene has the wider interquartile range"
    case .noValues: description
    }
  }
}
