import Cohorts
import Foundation
import TestSupport
import Testing

@Suite("inspect, verify, export")
struct StoreCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try ExampleCohort.make().write(to: folder.file("a.h5ad"))
  }

  private func therapi(_ arguments: String...) throws -> TherapiProcess {
    try TherapiProcess.run(arguments, in: folder.path)
  }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// Flips a bit of the store.
  private func damage() throws {
    let url = URL(fileURLWithPath: folder.file("a.h5ad"))
    var bytes = try Data(contentsOf: url)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: url)
  }

  @Test("inspect shows a page, or JSON in snake_case with the store's own keys as they are")
  func inspect() throws {
    let page = try therapi("inspect", "a.h5ad")
    #expect(page.code == 0 && page.errors.isEmpty && page.output.hasPrefix("a.h5ad: a cohort store of therapi"))
    let run = try therapi("inspect", "a.h5ad", "--json")
    let document = try run.document()
    #expect(run.code == 0 && document["samples"] as? Int == 5)
    let genes = try #require(document["genes"] as? [String: Any])
    #expect(genes["missing"] as? [String] == ["ABCB6"] && genes["is_panel"] as? Bool == false)
    let embeddings = try #require(document["embeddings"] as? [[String: Any]])
    #expect(embeddings.map { $0["block"] as? String } == ["layers/aligned", "obsm/X_therapi"])
    #expect(embeddings.map { $0["state"] as? String } == ["unrecorded", "current"])
    #expect(embeddings[1]["tool_version"] as? String == "0.1.0")
    let provenance = try #require(document["provenance"] as? [String: Any])
    #expect(provenance["config_sha256"] as? String == "fedcba9876543210")
    #expect((document["sample_columns"] as? [[String: Any]])?.first?["kind"] as? String == "category")
  }

  @Test("inspect tells what is wrong with a file, as text and as JSON")
  func inspectError() throws {
    try Data("text".utf8).write(to: URL(fileURLWithPath: folder.file("b.h5ad")))
    let run = try therapi("inspect", "b.h5ad", "--json")
    let error = try #require(try run.document()["error"] as? [String: Any])
    #expect(run.code == 2 && error["file"] as? String == "b.h5ad" && error["origin"] as? String == "input")
    #expect(run.errors.hasPrefix("therapi: error: b.h5ad: "))
  }

  @Test("verify ends with 0 for sound stores and with 2 if one is not, and tells of each")
  func verify() throws {
    let sound = try therapi("verify", "a.h5ad")
    #expect(sound.code == 0 && sound.output.hasPrefix("a.h5ad: sound"))
    try FileManager.default.copyItem(atPath: folder.file("a.h5ad"), toPath: folder.file("b.h5ad"))
    try damage()
    let mixed = try therapi("verify", "a.h5ad", "b.h5ad", "none.h5ad")
    #expect(mixed.code == 2 && mixed.errors.isEmpty)
    for line in ["a.h5ad: unsound: 1 error\n", "b.h5ad: sound", "none.h5ad: unsound: 1 error\n"] {
      #expect(mixed.output.contains(line))
    }
    let run = try therapi("verify", "a.h5ad", "b.h5ad", "--json")
    let stores = try #require(try run.document()["stores"] as? [[String: Any]])
    #expect(run.code == 2 && stores.map { $0["is_sound"] as? Bool } == [false, true])
    #expect((stores[0]["findings"] as? [[String: Any]])?.first?["severity"] as? String == "error")
  }

  @Test(
    "export names the file after the store and the part",
    arguments: [
      (["--to", "csv"], "a.csv"), (["--to", "tsv", "--what", "obs"], "a.obs.tsv"),
      (["--to", "csv", "--what", "var", "--gzip"], "a.var.csv.gz"),
      (["--to", "npy", "--layer", "aligned"], "a.aligned.npy"),
      (["--to", "csv", "--obsm", "X_therapi"], "a.X_therapi.csv"), (["--to", "gctx"], "a.gctx"),
    ])
  func exportNames(arguments: [String], name: String) throws {
    let run = try TherapiProcess.run(["export", "a.h5ad"] + arguments, in: folder.path)
    #expect(run.code == 0 && run.output.isEmpty && run.errors.isEmpty)
    #expect(try files() == ["a.h5ad", name].sorted())
  }

  @Test("a name that ends in .gz is compressed")
  func exportCompressed() throws {
    #expect(try therapi("export", "a.h5ad", "--to", "csv", "-o", "x.csv.gz").code == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("x.csv.gz"))).starts(with: [0x1F, 0x8B]))
  }

  @Test("export to - writes to standard output, and what is logged goes elsewhere")
  func exportOutput() throws {
    let run = try therapi("export", "a.h5ad", "--to", "tsv", "--what", "var", "-o", "-", "--log-level", "info")
    #expect(run.code == 0 && run.output.hasPrefix("symbol\tentrez\tmeasured\troute\nAARS1\t10\t"))
    #expect(run.errors.contains("wrote 3 x 3 to standard output"))
    #expect(try files() == ["a.h5ad"])
  }

  @Test("a failed export leaves the file that was there, and nothing else")
  func exportFailure() throws {
    try Data("before".utf8).write(to: URL(fileURLWithPath: folder.file("x.csv")))
    let run = try therapi("export", "a.h5ad", "--to", "csv", "--layer", "raw", "-o", "x.csv")
    #expect(run.code == 2 && run.errors.contains("there are: aligned"))
    #expect(try String(contentsOfFile: folder.file("x.csv"), encoding: .utf8) == "before")
    #expect(try files() == ["a.h5ad", "x.csv"])
    #expect(try therapi("export", "a.h5ad", "--to", "csv", "-o", "none/x.csv").code == 1)
  }

  @Test("a full device is a failure of the machine", arguments: ["inspect a.h5ad", "export a.h5ad --to csv -o -"])
  func full(arguments: String) throws {
    let run = try TherapiProcess.shell("\"$THERAPI\" \(arguments) > /dev/full", in: folder.path)
    #expect(run.code == 1 && run.errors.contains("No space left on device"))
  }

  @Test(
    "a reader that goes away ends the program quietly, also where broken pipes are ignored",
    arguments: ["", "trap '' PIPE; "])
  func brokenPipe(setting: String) throws {
    try ExampleCohort.make(samples: 1_500, symbols: (0..<200).map { "G\($0)" }).write(to: folder.file("a.h5ad"))
    let run = try TherapiProcess.shell(
      setting + "\"$THERAPI\" export a.h5ad --to csv -o - | head -c 5; echo \" ${PIPESTATUS[0]}\"", in: folder.path)
    #expect(run.output == "sampl 141\n" && run.errors.isEmpty)
  }

  @Test("an interrupted export takes its file away", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let cohort = ExampleCohort.make(samples: 4_000, symbols: (0..<978).map { "G\($0)" })
    try cohort.write(to: folder.file("a.h5ad"))
    let run = try TherapiProcess.run(
      ["export", "a.h5ad", "--to", "csv", "--gzip"], in: folder.path
    ) { process in
      while try !files().contains(".a.csv.gz.partial") { sched_yield() }
      kill(process, signal)
    }
    #expect(run.isKilled && run.code == signal && run.errors.isEmpty)
    #expect(try files() == ["a.h5ad"])
  }
}
