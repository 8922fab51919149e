import Problems
import Testing

@testable import Molecules

@Suite("Lists of drugs")
struct DrugGraphsTests {
  static let drugs = [
    DrugStructure(name: "ethanol", smiles: "CCO", at: Place("drugs.tsv", line: 2)),
    DrugStructure(name: "torn", smiles: "CC(", at: Place("drugs.tsv", line: 3)),
    DrugStructure(name: "blank", smiles: "", at: Place("drugs.tsv", line: 4)),
    DrugStructure(name: "drawn", smiles: "C~C", at: Place("drugs.tsv", line: 5)),
    DrugStructure(name: "acetic acid", smiles: "OC(C)=O", at: Place("drugs.tsv", line: 6)),
  ]

  @Test("skip what has no graph, and name each with the reason", arguments: [1, 2])
  func skip(threads: Int) throws {
    let graphs = try DrugGraphs(of: Self.drugs, rule: .skip, threads: threads)
    #expect(graphs.members.map(\.drug.name) == ["ethanol", "drawn", "acetic acid"])
    #expect(graphs.members.map(\.canonicalSMILES) == ["CCO", "C~C", "CC(=O)O"])
    #expect(graphs.skipped.map(\.drug.name) == ["torn", "blank"])
    #expect(graphs.skipped.map(\.error.kind) == [.invalid, .empty])
    #expect(graphs.planar.map(\.drug.name) == ["drawn"])
  }

  @Test("are refused with the first fault where the rule says so", arguments: [1, 2])
  func error(threads: Int) throws {
    let error = #expect(throws: MoleculeError.self) {
      try DrugGraphs(of: Self.drugs, rule: .error, threads: threads)
    }
    #expect(error?.place == Place("drugs.tsv", line: 3) && error?.kind == .invalid)
  }

  @Test("may be empty")
  func empty() throws {
    let graphs = try DrugGraphs(of: [], rule: .error, threads: 2)
    #expect(graphs.members.isEmpty && graphs.skipped.isEmpty)
  }
}
