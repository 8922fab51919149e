import Cohorts
import Testing

@testable import Embedding

@Suite("Standard of genes")
struct GeneStandardTests {
  @Test("makes each measured gene mean 0 and deviation 1, and leaves the others 0")
  func standardised() {
    // Gene by gene: 1 and 3; constant; not measured.
    let expression = Matrix(rows: 2, columns: 3, values: [1, 5, 9, 3, 5, 7])
    let standard = GeneStandard(of: expression, measured: [true, true, false])
    #expect(standard.mean == [2, 5, 0])
    #expect(standard.deviation == [1, 0, 0])
    #expect(standard.standardised(expression) == [-1, 0, 0, 1, 0, 0])
  }
}
