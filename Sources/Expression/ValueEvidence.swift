import Foundation

/// What a table's values show of their unit, gathered row by row in memory that does not grow with the rows.
package struct ValueEvidence: Sendable {
  package let samples: Int
  /// Whether every gene of the source is among the rows, so that sums over a sample mean something.
  package let coversAllGenes: Bool

  package private(set) var rows = 0
  /// Values that are there.
  package private(set) var count = 0
  package private(set) var missing = 0
  package private(set) var infinite = 0
  package private(set) var negatives = 0
  package private(set) var zeros = 0
  package private(set) var integers = 0
  package private(set) var minimum = Float.infinity
  package private(set) var maximum = -Float.infinity
  private var atMinimum = 0
  private var sum = 0.0
  private var sumOfSquares = 0.0
  /// Rows of at least three values, and those among them with mean 0 and standard deviation 1, within a tenth.
  private var judgedRows = 0
  private var standardisedRows = 0
  private var sampleCounts: [Int]
  private var sampleSums: [Double]
  private var sampleSquares: [Double]
  /// Sums of 2^x by sample, for tables that cover all genes.
  private var samplePowers: [Double]

  package init(samples: Int, coversAllGenes: Bool = false) {
    self.samples = samples
    self.coversAllGenes = coversAllGenes
    sampleCounts = Array(repeating: 0, count: samples)
    sampleSums = Array(repeating: 0, count: samples)
    sampleSquares = Array(repeating: 0, count: samples)
    samplePowers = Array(repeating: 0, count: coversAllGenes ? samples : 0)
  }

  /// Adds one gene's values, NaN where missing.
  package mutating func add(row: UnsafeBufferPointer<Float>) {
    precondition(row.count == samples, "a row of \(row.count) values for \(samples) samples")
    var moments = Moments()
    for (sample, value) in row.enumerated() {
      guard value.isFinite else {
        if value.isNaN { missing += 1 } else { infinite += 1 }
        continue
      }
      let wide = Double(value)
      moments.add(wide)
      sampleCounts[sample] += 1
      sampleSums[sample] += wide
      sampleSquares[sample] += wide * wide
      if value == value.rounded() { integers += 1 }
      if value <= 0 { if value < 0 { negatives += 1 } else { zeros += 1 } }
      if value < minimum { (minimum, atMinimum) = (value, 0) }
      if value == minimum { atMinimum += 1 }
      if value > maximum { maximum = value }
    }
    if coversAllGenes {
      // Beyond 2^60 it is no logarithm; the sum then shows that.
      for (sample, value) in row.enumerated() where value.isFinite {
        samplePowers[sample] += exp2(Double(min(value, 60)))
      }
    }
    rows += 1
    count += moments.count
    sum += moments.sum
    sumOfSquares += moments.squares
    guard moments.count >= 3 else { return }
    judgedRows += 1
    if moments.isStandardised { standardisedRows += 1 }
  }

  /// Adds what was gathered from other rows of the same samples.
  package mutating func merge(_ other: ValueEvidence) {
    precondition(samples == other.samples && coversAllGenes == other.coversAllGenes, "evidence of another table")
    rows += other.rows
    count += other.count
    missing += other.missing
    infinite += other.infinite
    negatives += other.negatives
    zeros += other.zeros
    integers += other.integers
    if other.minimum < minimum { (minimum, atMinimum) = (other.minimum, 0) }
    if other.minimum == minimum { atMinimum += other.atMinimum }
    maximum = max(maximum, other.maximum)
    sum += other.sum
    sumOfSquares += other.sumOfSquares
    judgedRows += other.judgedRows
    standardisedRows += other.standardisedRows
    for sample in 0..<samples {
      sampleCounts[sample] += other.sampleCounts[sample]
      sampleSums[sample] += other.sampleSums[sample]
      sampleSquares[sample] += other.sampleSquares[sample]
      if coversAllGenes { samplePowers[sample] += other.samplePowers[sample] }
    }
  }
}

/// Count, sum and sum of squares of a series.
private struct Moments {
  var count = 0
  var sum = 0.0
  var squares = 0.0

  mutating func add(_ value: Double) {
    count += 1
    sum += value
    squares += value * value
  }

  var mean: Double { sum / Double(count) }

  var deviation: Double { sqrt(max(0, squares - sum * mean) / Double(count - 1)) }

  /// Mean 0 and standard deviation 1, within a tenth.
  var isStandardised: Bool { abs(mean) < 0.1 && abs(deviation - 1) < 0.1 }
}

// MARK: - What it shows

extension ValueEvidence {
  package var mean: Double { sum / Double(count) }

  package var standardDeviation: Double { Moments(count: count, sum: sum, squares: sumOfSquares).deviation }

  /// Share of the values that equal the smallest.
  package var fractionAtMinimum: Double { fraction(atMinimum) }

  package var fractionNegative: Double { fraction(negatives) }

  /// Share of whole numbers among the values that are not 0.
  package var fractionInteger: Double { Double(integers - zeros) / Double(max(1, count - zeros)) }

  /// Share of the genes with mean 0 and standard deviation 1 over the samples.
  package var fractionOfStandardisedRows: Double { Double(standardisedRows) / Double(max(1, judgedRows)) }

  /// Share of the samples with mean 0 and standard deviation 1 over the genes.
  package var fractionOfStandardisedSamples: Double {
    let judged = (0..<samples).filter { sampleCounts[$0] >= 3 }
    let standardised = judged.count {
      Moments(count: sampleCounts[$0], sum: sampleSums[$0], squares: sampleSquares[$0]).isStandardised
    }
    return Double(standardised) / Double(max(1, judged.count))
  }

  /// Smallest and largest sum over a sample, of those with values.
  package var sampleSumRange: ClosedRange<Double>? { range(sampleSums) }

  /// Smallest and largest sum over a sample of 2^x less the pseudocount; nil unless every gene was added.
  package func unloggedSumRange(pseudocount: Double) -> ClosedRange<Double>? {
    guard coversAllGenes else { return nil }
    return range(zip(samplePowers, sampleCounts).map { $0 - Double($1) * pseudocount })
  }

  private func fraction(_ part: Int) -> Double { Double(part) / Double(max(1, count)) }

  private func range(_ sums: [Double]) -> ClosedRange<Double>? {
    let known = (0..<samples).filter { sampleCounts[$0] > 0 }.map { sums[$0] }
    guard let low = known.min(), let high = known.max() else { return nil }
    return low...high
  }
}
