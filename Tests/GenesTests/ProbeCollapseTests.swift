import Foundation
import Testing

@testable import Genes

@Suite("Collapsing rows") struct ProbeCollapseTests {
  func collapse(_ rule: ProbeCollapse, _ rows: [(Int, MatchRoute, String)], _ values: [[Float]]) -> CollapsedPanel {
    let candidates = rows.map { CandidateRow(landmark: $0.0, route: $0.1, source: $0.2) }
    return values.flatMap { $0 }.withUnsafeBufferPointer {
      rule.collapse(candidates, values: $0, samples: values.first?.count ?? 0)
    }
  }

  func row(_ landmark: Int, of panel: CollapsedPanel) -> [Float] {
    Array(panel.values[(landmark * panel.samples)..<((landmark + 1) * panel.samples)])
  }

  @Test("takes the row with the highest mean and says what it left out")
  func maxMean() {
    let panel = collapse(.maxMean, [(5, .probeEntrez, "a"), (5, .probeEntrez, "b")], [[9, 1, 1], [4, 4, 4]])
    #expect(row(5, of: panel) == [4, 4, 4])
    #expect(panel.genes[5] == CollapsedGene(sources: ["b"], merged: 1, route: .probeEntrez))
    #expect(panel.dropped == [DroppedRow(source: "a", landmark: 5, reason: .lowerMean(than: "b"))])
    #expect(panel.measured == 1)
    #expect(row(6, of: panel) == [0, 0, 0])
    #expect(panel.genes[6] == nil)
  }

  @Test("breaks a tie by the order of the source", arguments: ProbeCollapse.allCases.filter { $0 != .mean })
  func tie(rule: ProbeCollapse) {
    let panel = collapse(rule, [(1, .symbol, "first"), (1, .symbol, "second")], [[1, 2, 3], [3, 2, 1]])
    #expect(panel.genes[1]?.sources == ["first"])
  }

  @Test("averages what is there, sample by sample")
  func mean() {
    let panel = collapse(
      .mean, [(0, .symbol, "a"), (0, .symbol, "b"), (0, .symbol, "c")],
      [[1, .nan, .nan], [4, 2, .nan], [.nan, .nan, .nan]])
    #expect(row(0, of: panel)[..<2] == [2.5, 2])
    #expect(row(0, of: panel)[2].isNaN)
    #expect(panel.genes[0] == CollapsedGene(sources: ["a", "b"], merged: 2, route: .symbol))
    #expect(panel.dropped == [DroppedRow(source: "c", landmark: 0, reason: .noValues)])
  }

  @Test("lets a better route win before any value is looked at", arguments: ProbeCollapse.allCases)
  func route(rule: ProbeCollapse) {
    let panel = collapse(rule, [(7, .alias, "old"), (7, .entrez, "id")], [[9, 12], [1, 2]])
    #expect(row(7, of: panel) == [1, 2])
    #expect(panel.dropped == [DroppedRow(source: "old", landmark: 7, reason: .betterRoute(of: "id"))])
  }

  @Test("does not let a row without values win, even by the better route")
  func empty() {
    let panel = collapse(.maxMean, [(7, .entrez, "id"), (7, .alias, "old")], [[.nan, .nan], [1, 2]])
    #expect(panel.genes[7]?.sources == ["old"])
    let none = collapse(.maxMean, [(7, .entrez, "id")], [[.nan, .nan]])
    #expect(none.measured == 0)
    #expect(row(7, of: none) == [0, 0])
    #expect(none.dropped.map(\.reason) == [.noValues])
  }

  @Test("agrees with numpy's means and percentiles on rows with gaps")
  func numpy() throws {
    let path = try #require(Bundle.module.path(forResource: "Fixtures/collapse-numpy", ofType: "tsv"))
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: "\t").map { Double($0) ?? .nan } }
    let values = rows.map { $0[3...].map(Float.init) }
    for (row, given) in zip(values, rows) {
      // Both compute in double from the same floats; the sums differ in order alone.
      #expect(abs(row.withUnsafeBufferPointer(interquartileRange) - given[2]) < 1e-12)
    }
    let candidates = rows.enumerated().map { (Int($0.element[0]), MatchRoute.probeEntrez, "p\($0.offset)") }
    for (rule, column) in [(ProbeCollapse.maxMean, 1), (.maxIQR, 2)] {
      let panel = collapse(rule, candidates, values)
      for landmark in [3, 10, 500] {
        let best = rows.indices.filter { Int(rows[$0][0]) == landmark }.max { rows[$0][column] < rows[$1][column] }
        #expect(panel.genes[landmark]?.sources == best.map { ["p\($0)"] })
      }
      #expect(panel.dropped.count == 3)
    }
  }

  @Test("declares its routes from the best to the last resort")
  func ranks() {
    #expect(MatchRoute.allCases.map(\.rank) == Array(0..<MatchRoute.allCases.count))
    #expect(MatchRoute.allCases == MatchRoute.allCases.sorted())
  }
}
