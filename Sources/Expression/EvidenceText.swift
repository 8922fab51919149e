import Foundation

extension ValueEvidence {
  /// The figures, as one sentence for messages and for the store.
  package var summary: String {
    guard count > 0 else { return "there are no values" }
    var parts = [
      "minimum \(short(Double(minimum))), held by \(percent(fractionAtMinimum)) of the values",
      "maximum \(short(Double(maximum)))", "mean \(short(mean))",
    ]
    if negatives > 0 { parts.append("\(percent(fractionNegative)) negative") }
    if fractionInteger > 0.01 { parts.append("\(percent(fractionInteger)) of those that are not 0 whole numbers") }
    if coversAllGenes, let sums = sampleSumRange {
      parts.append("sums of a sample \(short(sums.lowerBound)) to \(short(sums.upperBound))")
    }
    return parts.joined(separator: ", ")
  }
}

/// At most six significant digits.
func short(_ value: Double) -> String { String(format: "%.6g", value) }

func percent(_ fraction: Double) -> String {
  let value = fraction * 100
  if value > 0, value < 0.01 { return "less than 0.01 %" }
  return String(format: value < 1 || (value > 99 && value < 100) ? "%.2f %%" : "%.0f %%", value)
}
