import Foundation
import TestSupport
import Testing

@testable import Molecules

@Suite("Conformers")
struct ConformerTests {
  /// Too long and too loose a chain for 100 attempts from distances alone.
  static let glycines = DrugStructure(
    name: "25 glycines", smiles: String(repeating: "NCC(=O)", count: 25) + "O")

  func graph(_ smiles: String, _ settings: MoleculeSettings = MoleculeSettings()) throws -> MoleculeGraph {
    try MoleculeGraph(of: Molecule(DrugStructure(name: smiles, smiles: smiles)), settings: settings)
  }

  @Test(
    "are those of RDKit 2022.9.5 in Python, with the same seed",
    .enabled(if: try PeerMolecule.isOfOurVersion(), "needs RDKit 2022.09"))
  func peer() throws {
    for (name, peer) in try PeerMolecule.all() {
      let graph = try #require(GoldenGraph.ours.get()[name])
      #expect(graph.atoms == peer.positions.count, "\(name)")
      for first in 1...graph.atoms {
        for second in 1...graph.atoms {
          let squares = zip(peer.positions[first - 1], peer.positions[second - 1]).map { ($0 - $1) * ($0 - $1) }
          let expected = squares.reduce(0, +).squareRoot()
          // The fixture's positions have six decimals. On another processor's mathematics a relaxation may end a little
          // elsewhere.
          #expect(abs(Double(graph.distances[first * graph.nodes + second]) - expected) < 1e-3, "\(name)")
        }
      }
    }
  }

  @Test("are the same bits for the same seed, and others for another")
  func seeds() throws {
    for smiles in ["CC(=O)OC1=CC=CC=C1C(=O)O", "COCCOC1=C(C=C2C(=C1)C(=NC=N2)NC3=CC=CC(=C3)C#C)OCCOC"] {
      let first = try graph(smiles, MoleculeSettings(seed: 7))
      #expect(try graph(smiles, MoleculeSettings(seed: 7)) == first)
      let other = try graph(smiles, MoleculeSettings(seed: 8))
      #expect(other.distances != first.distances)
      #expect(other.features == first.features && other.adjacency == first.adjacency)
    }
  }

  @Test("are the same bits on one thread and on two")
  func threads() throws {
    let drugs = try GoldenGraph.drugs().filter { $0.smiles.count < 60 }
    let alone = try DrugGraphs(of: drugs, rule: .error)
    let together = try DrugGraphs(of: drugs, rule: .error, threads: 2)
    #expect(alone.members.count == 7)
    #expect(alone.members.map(\.graph) == together.members.map(\.graph))
    #expect(together.members.map(\.drug) == drugs)
  }

  @Test("give way to a drawing where none is found, and the reason is kept")
  func planar() throws {
    let graph = try MoleculeGraph(of: Molecule(Self.glycines))
    #expect(graph.coordinates == .planar("no conformer was found"))
    // No hydrogens are left in it.
    #expect(graph.atoms == 101)
    let bonds = graph.adjacency.indices.filter { graph.adjacency[$0] == 1 }.map { graph.distances[$0] }.filter {
      $0 > 0
    }
    // RDKit draws every bond 1.5 long.
    #expect(bonds.count == 200 && bonds.allSatisfy { abs($0 - 1.5) < 0.01 })
    #expect(try self.graph("C~C").coordinates == .planar("bad params pointer"))
  }

  @Test("exist for one atom, ions and parts that are not bonded")
  func smallOnes() throws {
    let sodium = try graph("[Na+]")
    #expect(sodium.atoms == 1 && sodium.distances == [1e6, 1e6, 1e6, 0] && sodium.adjacency == [0, 0, 0, 1])
    let salt = try DrugGraphs(of: [DrugStructure(name: "salt", smiles: "CCN.Cl")], rule: .error).members
    #expect(salt[0].fragments == 2 && salt[0].canonicalSMILES == "CCN.Cl")
    #expect(salt[0].graph.atoms == 4 && salt[0].graph.coordinates == .embedded)
  }
}
