import TestSupport
import Testing

@testable import Molecules

@Suite("Ways of writing one molecule")
struct SMILESTests {
  /// The features of its atoms, in an order that does not depend on how it is written.
  func features(_ molecule: Molecule) -> [String] {
    molecule.atoms.map { AtomFeatures.row(of: $0).map { $0 == 1 ? "1" : "0" }.joined() }.sorted()
  }

  func molecule(_ smiles: String) throws -> Molecule { try Molecule(DrugStructure(name: smiles, smiles: smiles)) }

  @Test("share their features and their canonical SMILES, which is that of RDKit 2022.9.5")
  func randomOrders() throws {
    let golden = try GoldenGraph.all()
    for (name, peer) in try PeerMolecule.all() {
      let original = try molecule(#require(golden[name]).smiles)
      let canonical = try original.canonicalSMILES()
      if try PeerMolecule.isOfOurVersion() { #expect(canonical == peer.canonical) }
      for text in peer.random + [canonical] {
        let other = try molecule(text)
        #expect(features(other) == features(original), "\(text)")
        #expect(try other.canonicalSMILES() == canonical, "\(text)")
      }
    }
  }

  @Test("hold for random trees written from a random atom in random order")
  func randomTrees() throws {
    var random = SeededGenerator(seed: 20_26)
    for _ in 0..<150 {
      let tree = MoleculeTree(atoms: Int.random(in: 2...40, using: &random), using: &random)
      let texts = (0..<4).map { _ in tree.text(using: &random) }
      let molecules = try texts.map(molecule)
      #expect(Set(molecules.map(features)).count == 1, "\(texts)")
      #expect(try Set(molecules.map { try $0.canonicalSMILES() }).count == 1, "\(texts)")
      #expect(molecules.allSatisfy { $0.atoms.count == tree.symbols.count && $0.bonds.count == tree.symbols.count - 1 })
    }
  }

  @Test("salts fall in as many parts as are written")
  func fragments() throws {
    #expect(try molecule("CCO").fragmentCount() == 1)
    #expect(try molecule("C1CC[C@H]([C@@H](C1)[NH-])[NH-].C(=O)(C(=O)O)O.[Pt+2]").fragmentCount() == 3)
  }
}

/// Atoms without rings, bonded singly, each within its valence.
private struct MoleculeTree {
  private(set) var symbols: [String] = []
  private var neighbours: [[Int]] = []

  init(atoms: Int, using random: inout SeededGenerator) {
    let valences = ["C": 4, "N": 3, "O": 2, "S": 2]
    while symbols.count < atoms {
      let symbol =
        Int.random(in: 0..<3, using: &random) > 0 ? "C" : valences.keys.sorted().randomElement(using: &random)
      let open = symbols.indices.filter { neighbours[$0].count < valences[symbols[$0], default: 0] }
      if let parent = open.randomElement(using: &random) {
        neighbours[parent].append(symbols.count)
        neighbours.append([parent])
      } else if symbols.isEmpty {
        neighbours.append([])
      } else {
        return
      }
      symbols.append(symbol ?? "C")
    }
  }

  func text(using random: inout SeededGenerator) -> String {
    text(from: Int.random(in: symbols.indices, using: &random), awayFrom: nil, using: &random)
  }

  private func text(from atom: Int, awayFrom parent: Int?, using random: inout SeededGenerator) -> String {
    var branches: [String] = []
    for neighbour in neighbours[atom].filter({ $0 != parent }).shuffled(using: &random) {
      branches.append(text(from: neighbour, awayFrom: atom, using: &random))
    }
    return symbols[atom] + branches.dropLast().map { "(\($0))" }.joined() + (branches.last ?? "")
  }
}
