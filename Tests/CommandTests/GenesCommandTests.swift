import Foundation
import TestSupport
import Testing

@Suite("genes")
struct GenesCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try Data("AARS1\n16\nnobody\n".utf8).write(to: URL(fileURLWithPath: folder.file("list.txt")))
    try Data("nobody\n".utf8).write(to: URL(fileURLWithPath: folder.file("strangers.txt")))
  }

  @Test("shows routes and those that match nothing, and ends with 0")
  func list() throws {
    let run = try TherapiProcess.run(["genes", "list.txt"], in: folder.path)
    #expect(run.code == 0 && run.errors.isEmpty)
    #expect(run.output.hasPrefix("list.txt: 3 identifiers (lines)\n") && run.output.contains("entrez 1, symbol 1"))
  }

  @Test("JSON lists what is missing in full")
  func json() throws {
    let document = try TherapiProcess.run(["genes", "list.txt", "--json"], in: folder.path).document()
    #expect((document["missing"] as? [String])?.count == 977 && document["matched"] as? Int == 2)
    #expect((document["routes"] as? [String: Int]) == ["entrez": 1, "symbol": 1])
  }

  @Test("ends with 2 where nothing matches, after the report, which stays one JSON document")
  func strangers() throws {
    let run = try TherapiProcess.run(["genes", "strangers.txt", "--json"], in: folder.path)
    #expect(run.code == 2 && run.errors.contains("none of 1 identifier stands for a landmark gene"))
    #expect(try run.document()["matched"] as? Int == 0)
    #expect(try TherapiProcess.run(["genes", "list.txt", "--kind", "ensembl"], in: folder.path).code == 2)
  }
}
