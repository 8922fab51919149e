import Testing

@testable import Cohorts

@Suite("Plausible ranges")
struct PlausibleRangeTests {
  @Test(
    "each unit has the range of its values",
    arguments: [
      ("log2(TPM + 1)", 0, 19.94), ("log2(tpm+0.001)", -9.97, 19.94), ("log2(normalized counts + 1)", 0, 40),
      ("log2 intensity", -20, 40), ("TPM", 0, 1_000_001), ("z-score of log2(TPM + 1)", -100, 100),
    ] as [(String, Float, Float)])
  func ranges(unit: String, low: Float, high: Float) { #expect(PlausibleRange.of(unit: unit) == low...high) }

  @Test("a unit that is not known has no range")
  func unknown() { #expect(PlausibleRange.of(unit: "arbitrary") == nil) }

  @Test("rounding may leave the range by a thousandth")
  func slack() throws {
    let genes = Frame(indexName: "gene", index: ["TP53", "ALK"])
    let rules = try ValueRules(genes: genes, unit: "log2(TPM + 1)", place: .init("a.h5ad"))
    #expect(rules.fault(in: [-0.000_5, 19.9], firstRow: 0) == nil)
    let fault = try #require(rules.fault(in: [0, 1, 2, -0.01], firstRow: 10))
    #expect(fault.cause.hasPrefix("is -0.01 in row 12, gene ALK; log2(TPM + 1) lies between 0.0 and 19.94"))
  }
}
