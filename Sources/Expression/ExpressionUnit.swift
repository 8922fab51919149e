import Foundation
import Problems

/// What the values of an expression table are: a quantity, and what was done to it; written `log2(tpm + 0.001)`.
package struct ExpressionUnit: Sendable, Hashable, CustomStringConvertible {
  package enum Quantity: String, Sendable, CaseIterable {
    /// Transcripts per million.
    case tpm
    /// Fragments per kilobase and million; RPKM too.
    case fpkm
    /// Reads, or RSEM's expected counts, which have fractions.
    case counts
    /// Counts after normalisation between samples, such as RSEM's upper quartile, also with batches adjusted (EB++).
    case normCount = "norm_count"
    /// Fluorescence of a microarray.
    case intensity
    /// Standard deviations from the mean of a gene or of a sample.
    case zscore
    /// Logarithm of a ratio to a reference, whatever its base.
    case logRatio = "log_ratio"
  }

  package enum Transform: String, Sendable, CaseIterable {
    case none
    case log2
    case ln
    case log10
  }

  package let quantity: Quantity
  package let transform: Transform
  /// What was added before the logarithm; 0 if nothing was.
  package let pseudocount: Double

  package init(_ quantity: Quantity, _ transform: Transform = .none, pseudocount: Double = 0) {
    precondition(pseudocount >= 0 && pseudocount.isFinite, "a pseudocount of \(pseudocount)")
    self.quantity = quantity
    self.transform = transform
    self.pseudocount = transform == .none ? 0 : pseudocount
  }

  /// What stores hold wherever it can be had.
  package static let log2TPM = ExpressionUnit(.tpm, .log2, pseudocount: 1)

  /// What stores hold for normalised counts without gene lengths.
  package static let log2NormCount = ExpressionUnit(.normCount, .log2, pseudocount: 1)

  package var description: String {
    if transform == .none { return quantity.rawValue }
    if pseudocount == 0 { return "\(transform.rawValue)(\(quantity.rawValue))" }
    let whole = pseudocount == pseudocount.rounded() && pseudocount < 1e9
    return "\(transform.rawValue)(\(quantity.rawValue) + \(whole ? "\(Int(pseudocount))" : "\(pseudocount)"))"
  }
}

// MARK: - Text

extension ExpressionUnit {
  /// Reads `tpm`, `log2(tpm + 0.001)` and the like; spaces and case do not matter.
  package init(parsing text: String, at place: Place? = nil) throws(ExpressionError) {
    let compact = text.lowercased().filter { !$0.isWhitespace }
    guard let unit = Self.unit(compact) else {
      throw ExpressionError(
        .unknownUnit, at: place, "'\(text)' is no expression unit",
        remedy:
          "write a quantity (\(Quantity.allCases.map(\.rawValue).joined(separator: ", "))) or its logarithm, such as "
          + "log2(tpm + 0.001), ln(tpm + 1), log10(fpkm)")
    }
    self = unit
  }

  private static func unit(_ text: String) -> ExpressionUnit? {
    if let quantity = Quantity(rawValue: text) { return ExpressionUnit(quantity) }
    guard text.hasSuffix(")"), let open = text.firstIndex(of: "("),
      let transform = Transform(rawValue: String(text[..<open])), transform != .none
    else { return nil }
    let parts = text[text.index(after: open)...].dropLast().split(
      separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    guard let quantity = Quantity(rawValue: String(parts[0])), quantity.hasLogarithm else { return nil }
    if parts.count == 1 { return ExpressionUnit(quantity, transform) }
    guard let pseudocount = Double(parts[1]), pseudocount.isFinite, pseudocount > 0, parts[1].first?.isNumber == true
    else { return nil }
    return ExpressionUnit(quantity, transform, pseudocount: pseudocount)
  }
}

extension ExpressionUnit.Quantity {
  /// Whether a table may hold its logarithm: z-scores and log ratios are none of any.
  var hasLogarithm: Bool { self != .zscore && self != .logRatio }

  /// Whether its values come from sequencing, where a gene that is not expressed is exactly 0.
  var hasZeros: Bool { self == .tpm || self == .fpkm || self == .counts || self == .normCount }
}

// MARK: - Arithmetic

extension ExpressionUnit.Transform {
  /// The transform of a positive value.
  func callAsFunction(_ value: Double) -> Double {
    switch self {
    case .none: value
    case .log2: Foundation.log2(value)
    case .ln: Foundation.log(value)
    case .log10: Foundation.log10(value)
    }
  }

  /// The value behind a transformed one.
  func undone(_ value: Double) -> Double {
    switch self {
    case .none: value
    case .log2: Foundation.exp2(value)
    case .ln: Foundation.exp(value)
    case .log10: Foundation.pow(10, value)
    }
  }
}

extension ExpressionUnit {
  /// The table's value for a quantity of 0: minus infinity for a logarithm without a pseudocount.
  var floor: Double { transform(pseudocount) }

  /// The quantity behind a value of the table; below 0 where rounding or an adjustment put it there.
  package func quantity(of value: Float) -> Double { transform.undone(Double(value)) - pseudocount }
}
