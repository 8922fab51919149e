import Testing

@testable import Expression

@Suite("Evidence from values") struct ValueEvidenceTests {
  @Test("counts what it is given")
  func counts() {
    let evidence = ValueEvidence([[-1, 0, 2.5, .nan], [-1, 3, .infinity, 4]])
    #expect(evidence.rows == 2)
    #expect(evidence.count == 6)
    #expect(evidence.missing == 1)
    #expect(evidence.infinite == 1)
    #expect(evidence.negatives == 2)
    #expect(evidence.minimum == -1)
    #expect(evidence.maximum == 4)
    #expect(evidence.fractionAtMinimum == 2.0 / 6)
    // Of -1, 2.5, -1, 3 and 4.
    #expect(evidence.fractionInteger == 4.0 / 5)
    #expect(evidence.mean == 7.5 / 6)
    #expect(evidence.sampleSumRange == -2...4)
  }

  @Test("is the same whether rows come at once or in parts")
  func merging() {
    let rows = SyntheticTable.rounded(SyntheticTable.tpm) { $0 }
    let whole = ValueEvidence(rows, coversAllGenes: true)
    var parts = ValueEvidence(Array(rows[..<150]), coversAllGenes: true)
    parts.merge(ValueEvidence(Array(rows[150...]), coversAllGenes: true))
    #expect(parts.summary == whole.summary)
    #expect(parts.count == whole.count)
    #expect(parts.fractionAtMinimum == whole.fractionAtMinimum)
    #expect(parts.fractionOfStandardisedSamples == whole.fractionOfStandardisedSamples)
  }

  @Test("sees z-scores by gene and by sample")
  func standardised() {
    #expect(ValueEvidence(SyntheticTable.zscores).fractionOfStandardisedRows == 1)
    #expect(ValueEvidence(SyntheticTable.transposed(SyntheticTable.zscores)).fractionOfStandardisedSamples == 1)
    #expect(ValueEvidence(SyntheticTable.rma).fractionOfStandardisedRows == 0)
  }

  @Test("takes only a smallest value that many hold for a floor")
  func floor() {
    let toil = ValueEvidence(SyntheticTable.rounded(SyntheticTable.tpm) { ExpressionUnit.Transform.log2($0 + 0.001) })
    #expect(toil.logFloor == LogFloor(transform: .log2, pseudocount: 0.001))
    #expect(ValueEvidence(SyntheticTable.rma).logFloor == nil)
    #expect(ValueEvidence(SyntheticTable.zscores).logFloor == nil)
    // z-scores cut off at 3 look like log10(0.001) but for their symmetry.
    let cut = SyntheticTable.ratios.map { $0.map { max(-3, min(3, $0 * 20)) } }
    #expect(ValueEvidence(cut).minimum == -3)
    #expect(ValueEvidence(cut).hasFloor)
    #expect(ValueEvidence(cut).logFloor == nil)
  }
}
