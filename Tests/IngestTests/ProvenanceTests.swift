import Cohorts
import Configurations
import Files
import Foundation
import Runs
import TestSupport
import Testing

@testable import Ingest

@Suite("Provenance and determinism")
struct ProvenanceTests {
  /// A study with every sort of input but a platform.
  private func study() throws -> Study {
    let study = try Study()
    try study.matrix(
      ["TCGA-AA-0001-01A", "TCGA-AA-0002-01A", "TCGA-AA-0003-11A"],
      [("AKT1|207", [1, 2, 3]), ("ALDOA|226", [.nan, 2, 2]), ("AKT1|226", [1, 1, 1]), ("A1BG|1", [1, 1, 1])])
    try study.table("samples.tsv", [["patient", "tissue", "age"], ["TCGA-AA-0001", "colon", "61"]])
    try study.table(
      "r.csv", separator: ",", [["", "5426", "3678"], ["TCGA-AA-0001", "1", "0"], ["TCGA-AA-0002", "0", ""]])
    try study.write("list.txt", "TCGA-AA-0001-01\nTCGA-AA-0002-01\n")
    return study
  }

  private let yaml = """
    title: A study
    expression:
      layout: gene-rows
      files: matrix.tsv
      assay: rna-seq
      unit: log2(tpm + 1)
      gaps: {fill: gene-mean}
    samples: {id: tcga-sample, list: list.txt}
    tables:
      - layout: table
        files: samples.tsv
        key: {column: patient, names: tcga-patient}
        columns: {tissue: tissue, age: {column: age, kind: number}}
    responses:
      - {layout: response-matrix, file: r.csv, courses: best}
    """

  private func sha256sum(_ path: String) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    process.arguments = [path]
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return String(text.prefix { $0 != " " })
  }

  @Test("each input is there once, with its role, size and the sum that sha256sum gives")
  func inputs() throws {
    let study = try study()
    let inputs = try study.ingest(yaml).frame("provenance/inputs")
    #expect(inputs.index == ["matrix.tsv", "list.txt", "samples.tsv", "r.csv"])
    #expect(inputs["role"]?.texts == ["expression", "list of samples", "samples", "responses"])
    let sums = try inputs.index.map { try sha256sum(study.folder.file($0)) }
    #expect(inputs["sha256"]?.texts == sums)
    let sizes = try inputs.index.map { try Data(contentsOf: URL(fileURLWithPath: study.folder.file($0))).count }
    #expect(inputs["bytes"]?.texts == sizes.map { "\(Double($0))" })
  }

  @Test("the configuration is recorded with what was set over it, but not the folder of the inputs")
  func configuration() throws {
    let study = try study()
    let run = try study.run(yaml, settings: ["title=Another", "root=\(study.folder.path)"])
    _ = try run.commit(to: study.store)
    let result = Ingested(cohort: try CohortStore(study.store).cohort(), report: try run.cohort().report)
    let text = try #require(result.text("provenance/config"))
    #expect(text == "name: study\nkind: patients\n\(yaml)\n\n# set: title=Another\n")
    #expect(result.text("provenance/config_sha256") == SHA256.hex(of: text.utf8))
    #expect(result.text("therapi/title") == "Another" && result.text("therapi/name") == "study")
    #expect(result.text("provenance/versions/therapi") == ToolVersion.current)
    #expect(result.value("therapi/schema") == .integer(1) && result.text("therapi/kind") == "patients")
  }

  @Test("what was dropped is named with its place, the folder left out, and counted; the report says the same")
  func dropped() throws {
    let result = try study().ingest(yaml)
    #expect(
      try Set(result.dropped) == [
        "sample TCGA-AA-0003-11A: it is not on the list of samples to keep @ matrix.tsv:TCGA-AA-0003-11A",
        "gene AKT1|226: 226 and AKT1 of one row stand for different genes @ matrix.tsv:4",
      ])
    #expect(
      try result.counts == [
        "sample: it is not on the list of samples to keep": 1, "gene: it is no landmark": 1,
        "gene: its identifiers stand for different genes": 1,
      ])
    let told = Dictionary(
      uniqueKeysWithValues: result.report.dropped.map { ("\($0.kind): \($0.reason)", $0.count) })
    #expect(try result.counts == told)
    #expect(result.report.samples == 2 && result.report.landmarks == 2 && result.report.routes == ["entrez": 2])
  }

  @Test("every store that is written verifies")
  func verifies() throws {
    let study = try study()
    _ = try study.ingest(yaml)
    #expect(try StoreVerification(of: study.store).findings.isEmpty)
  }

  @Test("equal input gives equal bytes, in whatever folder it lies and however often")
  func determinism() throws {
    let (first, second) = (try study(), try study())
    _ = try first.ingest(yaml)
    _ = try second.ingest(yaml)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: first.store))
    #expect(try Data(contentsOf: URL(fileURLWithPath: second.store)) == bytes)
    _ = try first.ingest(yaml)
    #expect(try Data(contentsOf: URL(fileURLWithPath: first.store)) == bytes)
    // The folder of the configuration is another than that of the inputs.
    let third = try Study()
    _ = try third.run(yaml, settings: ["root=\(first.folder.path)"]).commit(to: third.store)
    #expect(try Data(contentsOf: URL(fileURLWithPath: third.store)) == bytes)
  }

  @Test("a store holds no time unless SOURCE_DATE_EPOCH says which; one that is no time is refused")
  func sourceDateEpoch() async throws {
    #expect(try study().ingest(yaml).value("provenance/created") == nil)
    await #expect(processExitsWith: .success) { [yaml = plainExpression as String] in
      let study = try Study()
      try study.matrix(["a"], [("AKT1", [1])])
      setenv("SOURCE_DATE_EPOCH", "1700000000", 1)
      let result = try study.ingest(yaml)
      precondition(result.text("provenance/created") == "2023-11-14T22:13:20Z", "\(result.cohort.uns)")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: study.store))
      for text in ["soon", "-1", "inf", "nan", "1e300", "0x10", "1.5", ""] {
        setenv("SOURCE_DATE_EPOCH", text, 1)
        do {
          _ = try study.ingest(yaml)
          preconditionFailure("\(text) was taken")
        } catch let error as ConfigurationError {
          precondition(error.cause.contains("SOURCE_DATE_EPOCH") && error.remedy != nil)
        }
      }
      let after = try Data(contentsOf: URL(fileURLWithPath: study.store))
      precondition(after == bytes)
    }
  }

  @Test("a dry run makes the cohort and writes nothing")
  func dryRun() throws {
    let study = try study()
    let (cohort, report) = try study.run(yaml).cohort()
    #expect(cohort.x.rows == 2 && report.store == nil)
    #expect(try study.files == ["list.txt", "matrix.tsv", "r.csv", "samples.tsv", "study.yaml"])
  }
}

@Suite("Gene panels")
struct GenePanelTests {
  @Test("a list becomes a store without samples whose genes say how the list names them")
  func panel() throws {
    let study = try Study()
    try study.write("list.txt", "AKT1\nAARS\nNOT_A_GENE\nAKT1\n1-Mar")
    let result = try study.ingest("panel: list.txt", kind: "gene-panel")
    #expect(result.samples.isEmpty && result.measured == ["AARS1", "AKT1"])
    #expect(try result.gene("AARS1", "route") == "l1000-symbol" && result.gene("AARS1", "source_ids") == "AARS")
    #expect(result.text("panel/form") == "lines" && result.value("panel/rows") == .integer(5))
    #expect(result.report.landmarks == 2 && result.report.routes == ["symbol": 1, "l1000-symbol": 1])
    #expect(
      try result.dropped.prefix(2) == [
        "gene NOT_A_GENE: it is no landmark @ list.txt:3", "gene AKT1: AKT1 is the same landmark @ list.txt:4",
      ])
    #expect(try StoreVerification(of: study.store).findings.isEmpty)
  }
}
