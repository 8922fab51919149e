import Cohorts
import Files
import Foundation
import Glibc
import ScoringTestSupport
import TestSupport
import Testing

@Suite("score")
struct ScoreCommandTests {
  private static let command = ["score", "patients.h5ad", "--model", "run", "--source", "lines.h5ad"]

  private static func prepare(patients: Int = 11) throws -> ScoringCase {
    let example = try ScoringCase(patients: patients)
    try example.model.write(to: example.folder.file("model.safetensors"))
    return example
  }

  private static func score(
    _ example: ScoringCase, _ arguments: String..., whileRunning: (Int32) throws -> Void = { _ in }
  ) throws -> TherapiProcess {
    try TherapiProcess.run(
      command + ["--perturbation", "model.safetensors"] + arguments, in: example.folder.path,
      whileRunning: whileRunning)
  }

  @Test("reports as a page and as JSON, and merges its parts to the same bytes")
  func reports() throws {
    let example = try Self.prepare()
    let page = try Self.score(example, "--csv", "scores.csv.gz")
    #expect(page.code == 0 && page.errors.isEmpty, "\(page.errors)")
    for line in [
      "patients.scores.h5ad: written, in ", "33: 11 samples with 3 drugs; 22 with a label",
      "3 folds; branches perturbation, rank, drug", "expression  aligned",
    ] { #expect(page.output.contains(line), "\(page.output)") }
    let document = try Self.score(example, "--json", "--drugs", "C,A", "-o", "two.h5ad").document()
    #expect(document["pairs"] as? Int == 22 && document["is_unchanged"] as? Bool == false)
    for part in ["1/2", "2/2"] { #expect(try Self.score(example, "--shard", part).code == 0) }
    let whole = try SHA256.hex(ofFile: example.folder.file("patients.scores.h5ad"))
    let merged = try TherapiProcess.shell(
      #""$THERAPI" merge patients.h5ad patients.scores.*.part --csv again.csv.gz -o merged.h5ad"#,
      in: example.folder.path)
    #expect(merged.code == 0 && merged.output == "merged.h5ad: 33 pairs of 11 samples with 3 drugs from 2 parts\n")
    #expect(try SHA256.hex(ofFile: example.folder.file("merged.h5ad")) == whole)
    #expect(try TherapiProcess.run(["verify", "merged.h5ad"], in: example.folder.path).code == 0)
  }

  @Test("says what is wrong with its arguments and its input, and exits with 2")
  func complaints() throws {
    let example = try Self.prepare()
    for (arguments, complaint) in [
      (["--shard", "3/2"], "--shard is i/n"), (["--shard", "1/2", "--csv", "a.csv"], "--csv is of a whole cohort"),
      (["--drugs", "Nobody"], "there is no embedding of the drug 'Nobody'"),
      (["--without", "rank"], "has the branch rank"), (["--without", "drug"], "'drug' is invalid"),
      (["--genes", "a.txt"], "--genes and --links go together"),
    ] {
      let run = try TherapiProcess.run(
        Self.command + ["--perturbation", "model.safetensors"] + arguments, in: example.folder.path)
      #expect(run.code == 2 && run.output.isEmpty && run.errors.contains(complaint), "\(run.errors)")
    }
    let run = try TherapiProcess.run(
      ["score", "patients.h5ad", "--model", "nowhere", "--json"], in: example.folder.path)
    #expect(run.code == 2)
    let error = try #require(try run.document()["error"] as? [String: Any])
    #expect(error["file"] as? String == "nowhere/run.json" && error["remedy"] as? String != nil)
  }

  @Test("goes on after a kill, to the same bytes")
  func killed() throws {
    let example = try Self.prepare(patients: 4_000)
    #expect(try Self.score(example, "-o", "whole.h5ad").code == 0)
    let journal = example.folder.file(".patients.scores.h5ad.journal.partial")
    let run = try Self.score(example) { process in
      // Until an entry stands there whole: a heading is shorter than 8 kB, an entry than 8 kB too.
      var status = stat()
      while stat(journal, &status) != 0 || status.st_size < 24_576 { sched_yield() }
      kill(process, SIGKILL)
    }
    #expect(run.isKilled)
    let document = try Self.score(example, "--json").document()
    #expect((document["resumed"] as? Int ?? 0) > 0)
    let sums = try ["whole.h5ad", "patients.scores.h5ad"].map { try SHA256.hex(ofFile: example.folder.file($0)) }
    #expect(sums[0] == sums[1])
    #expect(!FileManager.default.fileExists(atPath: journal))
  }
}
