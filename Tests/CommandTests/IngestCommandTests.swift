import Cohorts
import Files
import Foundation
import TestSupport
import Testing

@Suite("ingest")
struct IngestCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let configuration = """
      name: tiny
      title: A tiny cohort
      kind: patients
      root: .
      expression:
        layout: gene-rows
        files: matrix.tsv
        assay: microarray
        unit: log2(intensity)
        gene-ids: symbol
      constants:
        tissue: colon
      """
    try Data(configuration.utf8).write(to: URL(fileURLWithPath: folder.file("tiny.yaml")))
    let rows = ["AARS1", "ABCB6", "ABCC5", "nobody", "ABCF1"].enumerated().map { row, gene in
      "\(gene)\t" + (0..<4).map { "\(5 + Double((row * 7 + $0 * 3) % 11) / 2)" }.joined(separator: "\t")
    }
    let matrix = "gene\tA\tB\tC\tD\n" + rows.joined(separator: "\n") + "\n"
    try Data(matrix.utf8).write(to: URL(fileURLWithPath: folder.file("matrix.tsv")))
  }

  private func therapi(_ arguments: String...) throws -> TherapiProcess {
    try TherapiProcess.run(arguments, in: folder.path)
  }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("writes a sound store named after the cohort, and reports it")
  func store() throws {
    let run = try therapi("ingest", "tiny.yaml")
    #expect(run.code == 0 && run.errors.isEmpty)
    for line in ["tiny: wrote tiny.h5ad in ", "samples     4\n", "genes       4 of 978 landmarks\n"] {
      #expect(run.output.contains(line), "\(run.output)")
    }
    #expect(try files() == ["matrix.tsv", "tiny.h5ad", "tiny.yaml"])
    #expect(try StoreVerification(of: folder.file("tiny.h5ad")).isSound)
    #expect(try CohortStore(folder.file("tiny.h5ad")).samples == 4)
  }

  @Test("a dry run reports the same and writes nothing")
  func dryRun() throws {
    let document = try therapi("ingest", "tiny.yaml", "--dry-run", "--json").document()
    #expect(document["samples"] as? Int == 4 && document["landmarks"] as? Int == 4 && document["store"] == nil)
    #expect(document["source_unit"] as? String != nil)
    #expect(try files() == ["matrix.tsv", "tiny.yaml"])
  }

  @Test("replaces a store, and says so in the log")
  func replace() throws {
    #expect(try therapi("ingest", "tiny.yaml", "-o", "x.h5ad").code == 0)
    let before = try SHA256.hex(ofFile: folder.file("x.h5ad"))
    let run = try therapi("ingest", "tiny.yaml", "-o", "x.h5ad", "--log-level", "notice", "--set", "name=other")
    #expect(run.code == 0 && run.errors.contains("replacing x.h5ad"))
    #expect(try SHA256.hex(ofFile: folder.file("x.h5ad")) != before)
  }

  @Test("progress is logged where there is no terminal, if asked for")
  func progress() throws {
    let run = try therapi("ingest", "tiny.yaml", "--log-level", "info")
    #expect(run.errors.contains("writing tiny.h5ad") && !run.errors.contains("\u{1B}"))
  }

  @Test("bad input ends with 2, its place, and no file left behind")
  func badInput() throws {
    let run = try therapi("ingest", "tiny.yaml", "--json", "--set", "expression.files=none.tsv")
    let error = try #require(try run.document()["error"] as? [String: Any])
    #expect(run.code == 2 && (error["file"] as? String)?.hasSuffix("none.tsv") == true)
    #expect(try therapi("ingest", "tiny.yaml", "--set", "nonsense=1").code == 2)
    #expect(try therapi("ingest", "matrix.tsv").code == 2)
    #expect(try files() == ["matrix.tsv", "tiny.yaml"])
  }
}
