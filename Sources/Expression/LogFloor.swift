import Foundation

/// The logarithm that a table's smallest value betrays: zeros become log(pseudocount).
struct LogFloor: Equatable {
  let transform: ExpressionUnit.Transform
  let pseudocount: Double

  /// Pseudocounts in use, by power of ten; a floor of 0 is that of 1 in any base.
  private static let pseudocounts = [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1]

  /// The floor below 0 that a value is, to the third decimal: files are rounded there or later.
  static func behind(_ minimum: Float) -> LogFloor? {
    for transform in [ExpressionUnit.Transform.log2, .ln, .log10] {
      for pseudocount in pseudocounts where abs(transform(pseudocount) - Double(minimum)) < 1e-3 {
        return LogFloor(transform: transform, pseudocount: pseudocount)
      }
    }
    return nil
  }

  /// `log2(0.001)`.
  var text: String { "\(transform.rawValue)(\(pseudocount))" }
}

extension ValueEvidence {
  /// Whether the smallest value is held by so many that it must stand for "not expressed".
  var hasFloor: Bool { fractionAtMinimum >= 0.001 && count >= 100 && fractionAtMinimum * Double(count) >= 3 }

  /// The logarithm and pseudocount behind the smallest value, if that is a floor below 0 and not z-scores cut off.
  var logFloor: LogFloor? {
    guard hasFloor, minimum < 0, looksLogged, maximum != -minimum, !isStandardised else { return nil }
    return LogFloor.behind(minimum)
  }

  /// A floor of 0 under values small enough for logarithms.
  var hasZeroFloor: Bool { hasFloor && minimum == 0 }

  /// Values spread like logarithms: none beyond log2 of the largest count that a sequencer delivers.
  var looksLogged: Bool { maximum < 35 }

  var isStandardised: Bool {
    negatives > 0 && (fractionOfStandardisedRows > 0.9 || fractionOfStandardisedSamples > 0.9)
  }
}
