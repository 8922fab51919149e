import Foundation
import TestSupport
import Testing

@Suite("Arguments that cannot be")
struct ArgumentTests {
  @Test(
    "end with 2, an error on standard error, and nothing on standard output",
    arguments: [
      ["nonsense"], ["inspect"], ["inspect", "a", "b"], ["verify"], ["export", "a.h5ad"],
      ["export", "a.h5ad", "--to", "xlsx"], ["export", "a.h5ad", "--to", "csv", "--layer", "a", "--obsm", "b"],
      ["export", "a.h5ad", "--to", "csv", "--what", "uns"], ["genes", "a", "--kind", "probe"], ["ingest"],
      ["ingest", "a.yaml", "--log-level", "loud"], ["--nonsense"], ["align"], ["align", "a.h5ad"],
      ["align", "--config", "a.yaml", "--source", "a.h5ad"], ["align", "--config", "a.yaml", "--target", "b.h5ad"],
      ["align", "--source", "a.h5ad", "--target", "b.h5ad"], ["align", "--apply", "a.safetensors"],
      ["align", "--apply", "a.safetensors", "b.h5ad", "--restart"],
      ["align", "--apply", "a.safetensors", "b.h5ad", "--set", "seed=1"],
      ["align", "--config", "a.yaml", "--source", "a.h5ad", "--target", "b.h5ad", "c.h5ad"],
      ["align", "--config", "a.yaml", "--source", "a.h5ad", "--target", "b.h5ad", "--threads", "3"],
      ["embed", "perturbation", "a.h5ad"], ["embed", "perturbation", "--model", "m", "--drugs-only"],
      ["embed", "perturbation", "a.h5ad", "--model", "m", "--genes", "g"],
    ])
  func usage(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try TherapiProcess.run(arguments, in: folder.path)
    #expect(run.code == 2 && !run.isKilled)
    #expect(run.errors.hasPrefix("therapi: error: ") && run.errors.contains("Usage: therapi"))
    #expect(run.output.isEmpty)
  }

  @Test(
    "with --json, the error is the one JSON document",
    arguments: [["inspect", "--json"], ["verify", "--json", "-x"]])
  func json(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try TherapiProcess.run(arguments, in: folder.path)
    let error = try #require(try run.document()["error"] as? [String: String])
    #expect(run.code == 2 && error["origin"] == "input" && error["cause"]?.isEmpty == false)
  }

  @Test(
    "files that are not there are the input's fault",
    arguments: [
      ["inspect", "none"], ["verify", "none"], ["export", "none", "--to", "csv"], ["genes", "none"],
      ["ingest", "none"], ["align", "--apply", "none", "b.h5ad"],
      ["align", "--config", "none", "--source", "a.h5ad", "--target", "b.h5ad"],
    ])
  func noFile(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try TherapiProcess.run(arguments, in: folder.path)
    #expect(run.code == 2)
    #expect((run.output + run.errors).contains("none: "))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}
