import Foundation
import Problems
import TestSupport
import Testing

@testable import Molecules

@Suite("SMILES that are none")
struct BadSMILESTests {
  static let place = Place("drugs.tsv", line: 12, field: "SMILES")

  func error(_ smiles: String) throws -> MoleculeError {
    try #require(throws: MoleculeError.self) {
      try Molecule(DrugStructure(name: "Nonesuch", smiles: smiles, at: Self.place))
    }
  }

  /// A SMILES and what is said of it, a line each.
  static func invalid() throws -> [(smiles: String, reason: String)] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/invalid.tsv")
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: "\t")
      return (String(fields[0]), String(fields[1]))
    }
  }

  @Test("are named with their drug, their place, RDKit's reason and a remedy")
  func invalid() throws {
    for (smiles, reason) in try Self.invalid() {
      let error = try error(smiles)
      #expect(error.kind == .invalid, "\(smiles)")
      #expect(error.cause == "the SMILES of Nonesuch (\(smiles)) is no molecule: \(reason)")
      #expect(error.description.hasPrefix("drugs.tsv:12:SMILES: the SMILES of Nonesuch"), "\(smiles)")
      #expect(error.remedy != nil && error.origin == .input)
    }
  }

  @Test("an empty SMILES is called so")
  func empty() throws {
    let error = try error("")
    #expect(error.kind == .empty)
    #expect(error.cause == "the SMILES of Nonesuch is empty")
  }

  @Test(
    "blanks, control characters and what is not ASCII are pointed at", arguments: [" ", "\t", "\n", "\u{0}", "\u{7F}"])
  func characters(character: String) throws {
    #expect(try error("CC" + character).cause.contains("stands after 2 characters"))
    #expect(try error("C\(character)C").kind == .invalid)
    #expect(try error("CC\u{2013}C").cause.contains("a character that is not ASCII stands after 2 characters"))
  }

  @Test("molecules beyond the limit are refused, and before RDKit sees them where the text alone is too long")
  func size() throws {
    let atoms = try error(String(repeating: "C", count: 257))
    #expect(atoms.kind == .tooLarge && atoms.cause.contains("has 257 atoms; at most 256 are taken"))
    let text = try error(String(repeating: "c1ccccc1", count: 100_000))
    #expect(text.kind == .tooLarge && text.cause.contains("is 800000 characters long; at most 2048"))
    #expect(text.cause.utf8.count < 250)
    #expect(try Molecule(DrugStructure(name: "x", smiles: "CCCC"), largestAtomCount: 4).atoms.count == 4)
  }

  @Test("nothing is printed, whatever RDKit has to say")
  func silence() async throws {
    let result = try await #require(
      processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
    ) {
      for (smiles, _) in try BadSMILESTests.invalid() {
        #expect(throws: MoleculeError.self) { try Molecule(DrugStructure(name: "Nonesuch", smiles: smiles)) }
      }
      // RDKit warns of what UFF does not know.
      for smiles in ["N.N.Cl[Pt]Cl", "C~C", "[U](F)(F)(F)(F)(F)F"] {
        _ = try MoleculeGraph(of: Molecule(DrugStructure(name: "known", smiles: smiles)))
      }
    }
    let printed = String(decoding: result.standardOutputContent + result.standardErrorContent, as: UTF8.self)
    #expect(!printed.contains("SMILES") && !printed.contains("UFF") && !printed.contains("valence"), "\(printed)")
  }

  @Test("however they are damaged, they give a molecule or an error")
  func mutations() throws {
    var random = SeededGenerator(seed: 11)
    let seeds = try GoldenGraph.drugs().map { Array($0.smiles.utf8) }
    let telling = Array("()[]=#@+-.%0123456789cnosCNOBFIHlr/\\:$*~ ".utf8)
    var (read, refused) = (0, 0)
    for _ in 0..<3_000 {
      var bytes = seeds.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1..<5, using: &random) where !bytes.isEmpty {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = telling.randomElement(using: &random) ?? 0
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(telling.randomElement(using: &random) ?? 0, at: index)
        default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 9)], at: index)
        }
      }
      let smiles = String(decoding: bytes, as: UTF8.self)
      do throws(MoleculeError) {
        let molecule = try Molecule(DrugStructure(name: "damaged", smiles: smiles))
        _ = try molecule.canonicalSMILES()
        #expect(try molecule.fragmentCount() > 0)
        read += 1
      } catch {
        #expect(error.origin == .input, "\(smiles)")
        refused += 1
      }
    }
    #expect(read > 100 && refused > 1_000)
  }
}
