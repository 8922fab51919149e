import Testing

@testable import Molecules

@Suite("Atom features")
struct AtomFeatureTests {
  /// The columns that are 1 for the first atom of a SMILES.
  func columns(_ smiles: String) throws -> [Int] {
    let atom = try Molecule(DrugStructure(name: smiles, smiles: smiles)).atoms[0]
    let row = AtomFeatures.row(of: atom)
    #expect(row.count == AtomFeatures.count && row.allSatisfy { $0 == 0 || $0 == 1 })
    return row.indices.filter { row[$0] == 1 }
  }

  @Test(
    "are element, neighbours, hydrogens, charge, ring and aromaticity",
    arguments: [
      ("B(O)(O)C", [1, 15, 18, 24]), ("C", [2, 12, 22, 24]), ("NC", [3, 13, 20, 24]), ("O=C", [4, 13, 18, 24]),
      ("FC", [5, 13, 18, 24]), ("P(C)(C)C", [6, 15, 18, 24]), ("S(=O)(=O)(C)C", [7, 16, 18, 24]),
      ("Cl", [8, 12, 19, 24]), ("Br", [9, 12, 19, 24]), ("IC", [10, 13, 18, 24]), ("[Si](C)(C)(C)C", [11, 16, 18, 24]),
      ("c1ccccc1", [2, 14, 19, 24, 26, 27]), ("C1CC1", [2, 14, 20, 24, 26]), ("[nH]1cccc1", [3, 14, 19, 24, 26, 27]),
      ("[O-]C", [4, 13, 18, 23]), ("[N+](C)(C)(C)C", [3, 16, 18, 25]),
    ])
  func columns(smiles: String, expected: [Int]) throws {
    #expect(try columns(smiles) == expected)
  }

  @Test(
    "put what is beyond the classes into the last of them, as the published code does",
    arguments: [
      ("S(F)(F)(F)(F)(F)F", [7, 17, 18, 24]), ("[Pt+2]", [11, 12, 18, 25]), ("[O-2]", [4, 12, 18, 25]),
      ("*C", [11, 13, 18, 24]), ("[2H]C", [11, 13, 18, 24]),
    ])
  func outside(smiles: String, expected: [Int]) throws {
    #expect(try columns(smiles) == expected)
  }
}
