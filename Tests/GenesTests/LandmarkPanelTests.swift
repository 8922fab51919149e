import Foundation
import TestSupport
import Testing

@testable import Genes

@Suite("The landmark panel") struct LandmarkPanelTests {
  let landmarks = LandmarkPanel.shared.landmarks

  @Test("holds 978 landmarks in ascending order of their Entrez ids")
  func order() {
    #expect(landmarks.count == 978)
    #expect(zip(landmarks, landmarks.dropFirst()).allSatisfy { $0.entrez < $1.entrez })
    #expect(landmarks.enumerated().allSatisfy { $0.offset == $0.element.index })
  }

  @Test("has the hash of its order that sha256sum gives")
  func hash() throws {
    let folder = try TemporaryFolder()
    let ids = landmarks.map { "\($0.entrez)" }.joined(separator: "\n")
    try ids.write(toFile: folder.file("ids"), atomically: false, encoding: .utf8)
    let sum = try output(of: "/usr/bin/sha256sum", [folder.file("ids")])
    #expect(sum.hasPrefix(LandmarkPanel.shared.orderHash + " "))
    #expect(LandmarkPanel.shared.orderHash.count == 64)
  }

  @Test("gives every current symbol, Ensembl id and retired id to one landmark only")
  func unique() {
    #expect(Set(landmarks.map(\.symbol)).count == 978)
    let ensembl = landmarks.flatMap { [$0.ensembl] + $0.otherEnsembl }
    #expect(Set(ensembl).count == ensembl.count)
    #expect(ensembl.allSatisfy { $0.hasPrefix("ENSG") && $0.count == 15 })
    let entrez = landmarks.flatMap { [$0.entrez] + $0.retiredEntrez }
    #expect(Set(entrez).count == entrez.count)
  }

  @Test("agrees with the LINCS list of 2014", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func lincs() throws {
    let rows = try output(of: "/bin/cat", [SharedData.data("derived/landmark978_id_map.tsv")]).split(separator: "\n")
      .dropFirst()
      .map { $0.split(separator: "\t") }
    #expect(rows.count == 978)
    let byEntrez = Dictionary(uniqueKeysWithValues: landmarks.map { ($0.entrez, $0) })
    for row in rows {
      let entrez = try #require(Int(row[0]))
      let landmark = try #require(byEntrez[entrez])
      #expect(landmark.l1000Symbol == row[1])
      #expect(landmark.symbol == row[3])
    }
  }
}

func output(of program: String, _ arguments: [String]) throws -> String {
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.standardOutput = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}
