import Testing

@testable import Expression

@Suite("The text of a unit") struct ExpressionUnitTests {
  @Test(
    "is read and written back",
    arguments: [
      "tpm", "fpkm", "counts", "norm_count", "intensity", "zscore", "log_ratio", "log2(tpm + 0.001)", "log2(tpm + 1)",
      "log2(intensity)", "ln(fpkm + 0.01)", "log10(norm_count + 1)", "log2(counts + 0.5)", "log2(tpm + 1e-06)",
    ])
  func roundTrip(text: String) throws {
    #expect(try ExpressionUnit(parsing: text).description == text)
  }

  @Test("goes through text for every unit there is")
  func everyUnit() throws {
    for quantity in ExpressionUnit.Quantity.allCases {
      for transform in ExpressionUnit.Transform.allCases where transform == .none || quantity.hasLogarithm {
        for pseudocount in [0, 1, 0.001, 0.5, 1e-7, 1e12] {
          let unit = ExpressionUnit(quantity, transform, pseudocount: pseudocount)
          #expect(try ExpressionUnit(parsing: unit.description) == unit)
        }
      }
    }
  }

  @Test("does not depend on spaces or case")
  func loose() throws {
    #expect(try ExpressionUnit(parsing: " Log2( TPM+1 ) ") == .log2TPM)
  }

  @Test(
    "is refused where it names no unit",
    arguments: [
      "", "tpms", "log2", "log2(", "log2()", "log2(tpm", "log2(tpm +)", "log2(tpm + x)", "log2(tpm + -1)",
      "log2(tpm + 0)",
      "log2(tpm + inf)", "log2(tpm + nan)", "log2(tpm + +1)", "log3(tpm)", "none(tpm)", "log2(zscore)", "log2(tpm) + 1",
      "log2(tpm + 1))", "log2(log_ratio + 1)",
    ])
  func refused(text: String) {
    #expect(throws: ExpressionError.self) { try ExpressionUnit(parsing: text) }
  }
}
