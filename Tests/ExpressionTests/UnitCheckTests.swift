import Foundation
import Testing

@testable import Expression

@Suite("Checking a unit against values") struct UnitCheckTests {
  /// Tables by what they truly are.
  static func table(_ name: String) -> [[Float]] {
    let tpm = SyntheticTable.tpm
    switch name {
    case "tpm": return SyntheticTable.rounded(tpm) { $0 }
    case "log2(tpm + 1)": return SyntheticTable.rounded(tpm) { log2($0 + 1) }
    case "log2(tpm + 0.001)": return SyntheticTable.rounded(tpm) { log2($0 + 0.001) }
    case "ln(tpm + 0.001)": return SyntheticTable.rounded(tpm) { log($0 + 0.001) }
    case "log10(tpm + 0.001)": return SyntheticTable.rounded(tpm) { log10($0 + 0.001) }
    case "fpkm": return SyntheticTable.rounded(tpm) { $0 * 0.3 }
    case "log2(fpkm + 0.001)": return SyntheticTable.rounded(tpm) { log2($0 * 0.3 + 0.001) }
    case "counts": return tpm.map { $0.map { Float(($0 * 20).rounded()) } }
    case "norm_count": return SyntheticTable.rounded(tpm) { $0 * 25 }
    case "log2(norm_count + 1)": return SyntheticTable.rounded(tpm) { log2($0 * 25 + 1) }
    case "EB++": return SyntheticTable.rounded(tpm.map { [$0[0] * 25 - 0.5] + $0[1...].map { $0 * 25 } }) { $0 }
    case "log2(intensity)": return SyntheticTable.rma
    case "intensity": return SyntheticTable.rma.map { $0.map { Float(exp2(Double($0))) } }
    case "zscore": return SyntheticTable.zscores
    case "zscore by sample": return SyntheticTable.transposed(SyntheticTable.zscores)
    case "log_ratio": return SyntheticTable.ratios
    default: preconditionFailure("no table is named \(name)")
    }
  }

  @Test(
    "accepts what is true",
    arguments: [
      ("tpm", "tpm"), ("log2(tpm + 1)", "log2(tpm + 1)"), ("log2(tpm + 0.001)", "log2(tpm + 0.001)"),
      ("ln(tpm + 0.001)", "ln(tpm + 0.001)"), ("log10(tpm + 0.001)", "log10(tpm + 0.001)"), ("fpkm", "fpkm"),
      ("log2(fpkm + 0.001)", "log2(fpkm + 0.001)"), ("counts", "counts"), ("norm_count", "norm_count"),
      ("log2(norm_count + 1)", "log2(norm_count + 1)"), ("EB++", "norm_count"), ("log2(intensity)", "log2(intensity)"),
      ("intensity", "intensity"), ("zscore", "zscore"), ("zscore by sample", "zscore"), ("log_ratio", "log_ratio"),
    ])
  func accepts(table: String, unit: String) throws {
    for all in [false, true] {
      let evidence = ValueEvidence(Self.table(table), coversAllGenes: all)
      let finding = try UnitCheck.confirm(ExpressionUnit(parsing: unit), against: evidence)
      #expect(finding.confidence == .declared)
      #expect(finding.evidence.contains("minimum"))
    }
  }

  @Test(
    "refuses what is not, and shows why",
    arguments: [
      ("log2(tpm + 0.001)", "log2(tpm + 1)", "this is log2(tpm + 0.001)"),
      ("log2(tpm + 0.001)", "tpm", "this is log2(tpm + 0.001)"),
      ("log2(tpm + 0.001)", "log2(fpkm + 1)", "this is log2(fpkm + 0.001)"),
      ("log2(tpm + 0.001)", "log2(intensity)", "-9.9658 = log2(0.001)"),
      ("log2(tpm + 0.001)", "zscore", "-9.9658 = log2(0.001)"),
      ("log2(tpm + 1)", "log2(tpm + 0.001)", "this is log2(tpm + 1)"),
      ("log2(tpm + 1)", "tpm", "these look like logarithms"),
      ("log2(tpm + 1)", "counts", "these look like logarithms"),
      ("ln(tpm + 0.001)", "log2(tpm + 0.001)", "this is ln(tpm + 0.001)"),
      ("log10(tpm + 0.001)", "log2(tpm + 0.001)", "this is log10(tpm + 0.001)"),
      ("tpm", "log2(tpm + 1)", "these are no logarithms"), ("tpm", "zscore", "no value is negative"),
      ("counts", "tpm", "TPM sum to a million"), ("norm_count", "tpm", "TPM sum to a million"),
      ("EB++", "tpm", "of the values are negative"), ("EB++", "counts", "of the values are negative"),
      ("log2(intensity)", "intensity", "these look like logarithms"),
      ("log2(intensity)", "zscore", "no value is negative"),
      ("zscore", "log2(tpm + 1)", "these are z-scores"),
      ("zscore by sample", "log2(tpm + 0.001)", "these are z-scores"),
      ("zscore", "tpm", "these are z-scores"), ("log_ratio", "log2(tpm + 1)", "below log2(1) = 0"),
      ("log_ratio", "tpm", "of the values are negative"),
    ])
  func refuses(table: String, unit: String, words: String) throws {
    let evidence = ValueEvidence(Self.table(table))
    let error = #expect(throws: ExpressionError.self) {
      try UnitCheck.confirm(ExpressionUnit(parsing: unit), against: evidence)
    }
    #expect(error?.kind == .contradiction)
    #expect(error?.cause.hasPrefix("declared \(unit), but ") == true)
    #expect(error?.cause.contains(words) == true, "\(error?.cause ?? "")")
  }

  @Test("says in full what a wrong pseudocount shows")
  func message() throws {
    let rows: [[Float]] = (0..<100).map { $0 < 31 ? [-9.9658, -9.9658] : [Float($0) / 10, 4] }
    let error = #expect(throws: ExpressionError.self) { try UnitCheck.confirm(.log2TPM, against: ValueEvidence(rows)) }
    #expect(
      error?.cause == "declared log2(tpm + 1), but the minimum is -9.9658 = log2(0.001), held by 31 % of the values: "
        + "this is log2(tpm + 0.001)")
    #expect(error?.remedy == "if that is right, write expression.unit: log2(tpm + 0.001)")
  }

  @Test("refuses a table without values, or with infinite ones")
  func unusable() {
    for rows in [[[Float.nan, .nan]], [[-Float.infinity, 1]]] {
      let error = #expect(throws: ExpressionError.self) {
        try UnitCheck.confirm(.log2TPM, against: ValueEvidence(rows))
      }
      #expect(error?.kind == .unusableValues)
      #expect(throws: ExpressionError.self) { try UnitDetection.unit(of: ValueEvidence(rows)) }
    }
  }

  @Test(
    "detects what the values alone decide",
    arguments: [
      ("tpm", true, "tpm"), ("log2(tpm + 1)", true, "log2(tpm + 1)"), ("log2(tpm + 0.001)", true, "log2(tpm + 0.001)"),
      ("counts", false, "counts"), ("log2(intensity)", false, "log2(intensity)"), ("zscore", false, "zscore"),
      ("zscore by sample", false, "zscore"), ("EB++", false, "norm_count"),
    ])
  func detects(table: String, all: Bool, unit: String) throws {
    let finding = try UnitDetection.unit(of: ValueEvidence(Self.table(table), coversAllGenes: all))
    #expect(finding.unit.description == unit)
    #expect(!finding.evidence.isEmpty)
  }

  @Test(
    "refuses to guess where several units fit",
    arguments: [
      ("log2(tpm + 0.001)", false, ["log2(tpm + 0.001)", "log2(fpkm + 0.001)"]),
      ("log2(tpm + 1)", false, ["log2(tpm + 1)", "log2(fpkm + 1)", "log2(norm_count + 1)"]),
      ("tpm", false, ["tpm", "fpkm"]), ("fpkm", true, ["fpkm", "norm_count"]),
      ("log_ratio", false, ["zscore", "log_ratio"]),
    ])
  func undecided(table: String, all: Bool, units: [String]) {
    let error = #expect(throws: ExpressionError.self) {
      try UnitDetection.unit(of: ValueEvidence(Self.table(table), coversAllGenes: all))
    }
    #expect(error?.kind == .undecided)
    for unit in units { #expect(error?.cause.contains(unit) == true, "\(error?.cause ?? "")") }
    #expect(error?.remedy?.contains("expression.unit") == true)
  }
}
