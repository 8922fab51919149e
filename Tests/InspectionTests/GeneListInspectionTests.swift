import Foundation
import Genes
import Problems
import TestSupport
import Testing

@testable import Inspection

@Suite("Inspection of gene lists")
struct GeneListInspectionTests {
  private func fixture(_ name: String) throws -> String {
    let folder = try #require(Bundle.module.path(forResource: "Fixtures", ofType: nil))
    return "\(folder)/\(name)"
  }

  @Test("matches a plain list by every route, with lines")
  func lines() throws {
    let inspection = try GeneListInspection(of: fixture("mixed.txt"))
    #expect(inspection.form == "lines" && inspection.rows == 10)
    #expect(
      inspection.routes == [
        "symbol": 2, "entrez": 1, "ensembl": 1, "ensembl-version-dropped": 1, "l1000-symbol": 1,
        "symbol-case-folded": 1,
      ])
    #expect(inspection.matched == 7 && inspection.landmarks == 3 && inspection.missing.count == 975)
    #expect(!inspection.missing.contains("AARS1"))
    #expect(
      inspection.notLandmarks == [
        .init(line: 8, identifier: "TP53-like", why: "no landmark goes by this symbol alone, today or before"),
        .init(line: 9, identifier: "999999999", why: "no landmark has or had this Entrez id"),
      ])
    #expect(inspection.ambiguous.map(\.line) == [10])
    #expect(inspection.ambiguous[0].identifier == "1-Dec" && !inspection.ambiguous[0].candidates.isEmpty)
    #expect(inspection.repeated.first == .init(symbol: "AARS1", lines: [1, 2, 3, 4, 5]))
    #expect(throws: Never.self) { try inspection.requireMatches() }
  }

  @Test("the page shows what matched, what did not, and why")
  func page() throws {
    let text = try GeneListInspection(of: fixture("mixed.txt")).text
    for line in [
      ": 10 identifiers (lines)\n", "matched     7, which are 3 of 978 landmarks\n",
      "no landmark: 2\n  line 8: TP53-like: no landmark goes by this symbol alone, today or before\n",
      "ambiguous: 1\n  line 10: 1-Dec: may mean ", "repeated: ", "missing: 975\n",
    ] {
      #expect(text.contains(line), "\(line) is not in:\n\(text)")
    }
  }

  @Test("a table's ids decide, and its flags choose the rows")
  func table() throws {
    let inspection = try GeneListInspection(of: fixture("geneinfo.tsv"))
    #expect(inspection.form == "geneinfo_beta" && inspection.rows == 2 && inspection.otherRows == 1)
    #expect(inspection.routes == ["entrez": 2] && inspection.repeated.isEmpty)
  }

  @Test("a declared kind is taken at its word")
  func declared() throws {
    let inspection = try GeneListInspection(of: fixture("mixed.txt"), as: .entrez)
    #expect(inspection.routes == ["entrez": 1])
    #expect(inspection.notLandmarks.allSatisfy { $0.why == "no landmark has or had this Entrez id" })
  }

  @Test("a kind for a table is a contradiction")
  func contradiction() throws {
    let error = try #require(throws: InspectionError.self) {
      try GeneListInspection(of: fixture("geneinfo.tsv"), as: .symbol)
    }
    #expect(error.kind == .contradiction)
  }

  @Test("a list of strangers has no match")
  func nothing() throws {
    let inspection = try GeneListInspection(of: fixture("strangers.txt"))
    #expect(inspection.matched == 0 && inspection.missing.count == 978)
    let error = try #require(throws: InspectionError.self) { try inspection.requireMatches() }
    #expect(error.kind == .noLandmark && error.place?.file.hasSuffix("strangers.txt") == true)
  }

  @Test("an empty list is an error")
  func empty() throws {
    let path = try fixture("empty.txt")
    let error = try #require(throws: (any Error).self) { try GeneListInspection(of: path) }
    #expect((error as? any Problem)?.origin == .input)
  }

  @Test(
    "all 978 landmarks are found in the list of the aligner's authors",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func real() throws {
    let inspection = try GeneListInspection(of: SharedData.data("lincs/csg2a/LINCS_L1000_landmark_genes.txt"))
    #expect(inspection.landmarks == 978 && inspection.routes == ["symbol": 975, "l1000-symbol": 3])
  }
}

@Suite("Wording")
struct WordingTests {
  @Test(
    "counts are grouped by thousands",
    arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_000, "-1,000")])
  func counts(number: Int, text: String) { #expect(Wording.count(number) == text) }

  @Test(
    "sizes have one digit after the point",
    arguments: [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (25_171_500, "25.2 MB"), (3 << 40, "3.3 TB")])
  func sizes(bytes: Int, text: String) { #expect(Wording.size(bytes) == text) }

  @Test("long lists are cut with the number of the rest")
  func lists() {
    #expect(Wording.list(["a", "b"], first: 2) == "a, b")
    #expect(Wording.list((0..<1_003).map(String.init), first: 2) == "0, 1, and 1,001 more")
  }

  @Test("routes stand from the best to the last, unknown ones at the end")
  func routes() {
    #expect(Wording.routes(["alias": 1, "new": 2, "entrez": 3, "symbol": 4]) == "entrez 3, symbol 4, alias 1, new 2")
  }
}
