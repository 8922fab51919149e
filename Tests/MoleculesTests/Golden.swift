import Foundation

@testable import Molecules

/// What RDKit 2026.9 made of 12 drugs. Features and bonds are to be the same; its conformers were random.
struct GoldenGraph: Decodable {
  let smiles: String
  /// One digit a feature, one string a node; the dummy node first.
  let features: [String]
  /// Nodes that are bonded, the lower one first.
  let bonds: [[Int]]
  /// Nodes with a link to themselves.
  let selfLinks: [Int]
  /// In angstrom, as is `longestBond` and `extent`, the largest distance of two atoms.
  let shortestBond: Float
  let longestBond: Float
  let extent: Float

  static func all() throws -> [String: GoldenGraph] { try decode("rdkit-2026.9") }

  static func drugs() throws -> [DrugStructure] {
    try all().sorted { $0.key < $1.key }.map { DrugStructure(name: $0, smiles: $1.smiles) }
  }

  /// The same drugs' graphs as they are made here with seed 42, made once for all tests.
  static let ours: Result<[String: MoleculeGraph], any Error> = Result {
    let members = try DrugGraphs(of: drugs(), rule: .error, settings: MoleculeSettings(seed: 42), threads: 2).members
    return Dictionary(uniqueKeysWithValues: members.map { ($0.drug.name, $0.graph) })
  }
}

/// What RDKit 2022.9.5, the version of CSG2A's published code, made of them through its Python interface.
struct PeerMolecule: Decodable {
  /// atoms x 3, in angstrom, with seed 42; the frame of reference has no meaning.
  let positions: [[Double]]
  let canonical: String
  /// The same molecule written in random orders.
  let random: [String]

  /// Whether the RDKit at hand is of the release whose conformers and canonical SMILES these are.
  static func isOfOurVersion() throws -> Bool { try RDKitLibrary.version().hasPrefix("2022.09") }

  static func all() throws -> [String: PeerMolecule] { try decode("rdkit-2022.09.5-seed42") }
}

private func decode<Content: Decodable>(_ name: String) throws -> Content {
  let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name).json")
  return try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
}
