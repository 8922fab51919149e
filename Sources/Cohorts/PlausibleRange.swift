/// Values that expression in a unit can take; what lies outside is in another unit.
enum PlausibleRange {
  /// The range for a unit as `uns/expression/unit` writes it, such as `log2(TPM + 1)`; nil for one that has no bounds.
  ///
  /// TPM add up to a million, so log2(TPM + 1) ends at 19.94; intensities are of 16 bits with room for background
  /// correction; z-scores beyond 100 would take more than 10,000 samples (n - 1 over the root of n).
  static func of(unit: String) -> ClosedRange<Float>? {
    let unit = unit.lowercased().filter { !$0.isWhitespace }
    if unit.contains("z-score") || unit.contains("zscore") { return -100...100 }
    if unit.hasPrefix("log2(tpm+1)") { return 0...19.94 }
    if unit.hasPrefix("log2(tpm+0.001)") { return -9.97...19.94 }
    if unit.hasPrefix("log2(") && unit.contains("+1)") { return 0...40 }
    if unit.contains("log2") { return -20...40 }
    if unit == "tpm" { return 0...1_000_001 }
    if unit.contains("fpkm") || unit.contains("rpkm") || unit.contains("count") {
      return 0...(.greatestFiniteMagnitude)
    }
    if unit.contains("intensity") { return -1_000...10_000_000 }
    return nil
  }
}
