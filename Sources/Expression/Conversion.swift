import Foundation
import Problems

/// The way from a source's unit to the store's: log2(tpm + 1) where it can be had.
package struct Conversion: Sendable, Equatable {
  package enum Need: Sendable, Equatable {
    case nothing
    /// Sums over every gene of a sample first.
    case sums
    /// Gene lengths, and sums over every gene that has one.
    case sumsAndLengths
  }

  package let source: ExpressionUnit
  package let target: ExpressionUnit
  package let need: Need

  /// Throws `ExpressionError` for counts without gene lengths: they compare neither genes nor samples.
  package init(from source: ExpressionUnit, hasLengths: Bool, at place: Place? = nil) throws(ExpressionError) {
    self.source = source
    switch source.quantity {
    case .tpm: (target, need) = (.log2TPM, .nothing)
    case .fpkm: (target, need) = (.log2TPM, .sums)
    case .counts where hasLengths, .normCount where hasLengths: (target, need) = (.log2TPM, .sumsAndLengths)
    case .normCount: (target, need) = (.log2NormCount, .nothing)
    case .counts:
      throw ExpressionError(
        .notConvertible, at: place, "counts become TPM only with the lengths of the genes",
        remedy: "name a table of gene lengths in the configuration")
    case .intensity, .zscore, .logRatio: (target, need) = (source, .nothing)
    }
  }

  /// What the store says of the conversion.
  package var note: String {
    if source == target { return "\(source), kept as it is" }
    switch need {
    case .nothing: return "\(source) converted to \(target)"
    case .sums: return "\(source) converted to \(target) by the sum over all genes of a sample"
    case .sumsAndLengths:
      return "\(source) converted to \(target) by the genes' lengths and the sum over all genes with one"
    }
  }

  /// Whether values stay as they are because nothing makes them TPM or normalised counts.
  package var keepsValues: Bool { target.quantity == source.quantity && !source.quantity.hasZeros }

  /// Converts one gene's values in place; NaN stays NaN.
  ///
  /// Computed in double and rounded once. A quantity below 0 becomes 0 and is counted: down to `Clamped.roundingBound`
  /// it comes from rounding in the file, below that from an adjustment for batches.
  /// - Parameters:
  ///   - row: One value a sample.
  ///   - scales: Of `GeneSums.scales`, where the conversion needs sums; otherwise nil.
  ///   - length: The gene's length in bases, where the conversion needs lengths; otherwise nil.
  ///   - clamped: Counts what became 0.
  package func convert(
    _ row: UnsafeMutableBufferPointer<Float>, scales: [Double]?, length: Double? = nil, clamped: inout Clamped
  ) {
    if keepsValues { return }
    precondition((scales != nil) == (need != .nothing), "scales for a conversion that needs \(need)")
    precondition((length != nil) == (need == .sumsAndLengths), "a length for a conversion that needs \(need)")
    precondition(scales == nil || scales?.count == row.count, "scales of another table")
    let sameUnit = source == target && need == .nothing
    let perBase = length.map { 1 / $0 } ?? 1
    for sample in row.indices where !row[sample].isNaN {
      let quantity = clamped.count(source.quantity(of: row[sample]))
      if sameUnit {
        if quantity == 0 { row[sample] = 0 }
        continue
      }
      let scaled = scales.map { quantity * perBase * $0[sample] } ?? quantity
      row[sample] = Float(log2(scaled + target.pseudocount))
    }
  }
}

/// How many quantities below 0 became 0.
package struct Clamped: Sendable, Equatable {
  /// TPM (or counts) by which rounding to four decimals puts a true 0 below 0 at most.
  package static let roundingBound = 1e-4

  package private(set) var byRounding = 0
  package private(set) var byAdjustment = 0

  package init() {}

  /// The quantity, or 0 if it is below.
  mutating func count(_ quantity: Double) -> Double {
    if quantity >= 0 { return quantity }
    if quantity >= -Self.roundingBound { byRounding += 1 } else { byAdjustment += 1 }
    return 0
  }

  package mutating func merge(_ other: Clamped) {
    byRounding += other.byRounding
    byAdjustment += other.byAdjustment
  }
}
