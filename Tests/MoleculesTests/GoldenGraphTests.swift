import Testing

@testable import Molecules

@Suite("Molecule graphs of 12 drugs")
struct GoldenGraphTests {
  @Test("have the features and the adjacency of RDKit 2026.9, exactly")
  func featuresAndAdjacency() throws {
    let golden = try GoldenGraph.all()
    #expect(golden.count == 12)
    for (name, expected) in golden {
      let graph = try #require(GoldenGraph.ours.get()[name])
      #expect(graph.nodes == expected.features.count && graph.atoms == graph.nodes - 1, "\(name)")
      let features = expected.features.joined().map { Float($0 == "1" ? 1 : 0) }
      #expect(graph.features == features, "\(name)")
      var adjacency = [Float](repeating: 0, count: graph.nodes * graph.nodes)
      for node in expected.selfLinks { adjacency[node * graph.nodes + node] = 1 }
      for bond in expected.bonds {
        adjacency[bond[0] * graph.nodes + bond[1]] = 1
        adjacency[bond[1] * graph.nodes + bond[0]] = 1
      }
      #expect(graph.adjacency == adjacency, "\(name)")
    }
  }

  @Test("have distances of the form and the range of RDKit 2026.9's")
  func distances() throws {
    for (name, expected) in try GoldenGraph.all() {
      let graph = try #require(GoldenGraph.ours.get()[name])
      #expect(graph.coordinates == .embedded, "\(name)")
      expectForm(of: graph, name)
      let bonds = expected.bonds.map { graph.distances[$0[0] * graph.nodes + $0[1]] }
      let (shortest, longest) = (bonds.min() ?? 0, bonds.max() ?? 0)
      #expect(shortest >= 0.9 && longest <= 2.3, "\(name): bonds of \(shortest) to \(longest) angstrom")
      // A bond's length hardly depends on the conformer (paclitaxel's strained ring most, 0.07); that of one to platinum
      // does: UFF knows no such atom.
      if !expected.smiles.contains("Pt") {
        #expect(abs(shortest - expected.shortestBond) < 0.1, "\(name)")
        #expect(abs(longest - expected.longestBond) < 0.1, "\(name)")
      }
      // One conformer of a molecule may be stretched and another folded, but not by more than this.
      let extent = graph.distances.filter { $0 < MoleculeGraph.dummyDistance }.max() ?? 0
      #expect((0.5...2).contains(extent / expected.extent), "\(name): \(extent) against \(expected.extent)")
    }
  }

  private func expectForm(of graph: MoleculeGraph, _ name: String) {
    let nodes = graph.nodes
    #expect(graph.distances.count == nodes * nodes, "\(name)")
    for row in 0..<nodes {
      #expect(graph.distances[row] == 1e6 && graph.distances[row * nodes] == 1e6, "\(name)")
      #expect(row == 0 || graph.distances[row * nodes + row] == 0, "\(name)")
      for column in 0..<row {
        #expect(graph.distances[row * nodes + column] == graph.distances[column * nodes + row], "\(name)")
      }
    }
  }
}
