import Foundation
import Glibc
import ScoringTestSupport
import TestSupport
import Testing

@Suite("train")
struct TrainCommandTests {
  private let example: ScoringCase

  /// Five lines with three drugs: ten pairs have a label, five of them are responses.
  init() throws {
    example = try ScoringCase()
    try example.model.write(to: example.folder.file("model.safetensors"))
  }

  private static let store = ["train", "lines.h5ad"]
  private static let short = ["--perturbation", "model.safetensors", "--folds", "3", "--set", "epochs=2"]

  private func therapi(
    _ arguments: [String], whileRunning: (Int32) throws -> Void = { _ in }
  ) throws -> TherapiProcess {
    try TherapiProcess.run(arguments, in: example.folder.path, whileRunning: whileRunning)
  }

  private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: example.folder.file(name)) }

  /// Every file of a folder by its name, hidden ones too.
  private func content(_ name: String) throws -> [String: Data] {
    let files = try FileManager.default.contentsOfDirectory(atPath: example.folder.file(name))
    return try Dictionary(
      uniqueKeysWithValues: files.map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: example.folder.file("\(name)/\($0)"))))
      })
  }

  @Test("reports as a page and as JSON, leaves what is current, and begins anew only when told to")
  func reports() throws {
    let command = Self.store + Self.short + ["-o", "new"]
    let page = try therapi(command)
    #expect(page.code == 0 && page.errors.isEmpty, "\(page.errors)")
    for line in [
      "new: 3 predictors, trained, in ", "10 of 5 samples and 3 drugs, 5 of them responses", "5 left out: ",
      "preset paper, split by pair, seed 42", "2: epoch ",
    ] { #expect(page.output.contains(line), "\(page.output)") }
    let whole = try content("new")
    #expect(whole.keys.count { $0.hasSuffix(".safetensors") } == 3)
    let again = try therapi(command + ["--json"]).document()
    let run = try #require(again["run"] as? [String: Any])
    #expect(again["is_unchanged"] as? Bool == true && again["output"] as? String == "new")
    #expect(run["pairs"] as? Int == 10 && (run["folds"] as? [Any])?.count == 3)

    let other = try therapi(command + ["--seed", "7"])
    #expect(other.code == 2 && other.errors.contains("new/fold-00.safetensors: is of other data or settings"))
    #expect(other.errors.contains("remedy: ") && other.errors.contains("--restart"), "\(other.errors)")
    #expect(try content("new") == whole)
    let restarted = try therapi(command + ["--seed", "7", "--restart", "--json"]).document()
    #expect(restarted["is_unchanged"] as? Bool == false)
    #expect(try content("new") != whole)
  }

  @Test(
    "arguments that do not go together end with 2, and make nothing",
    arguments: [
      (["-o", "new"], "--perturbation"), (["--perturbation", "model.safetensors"], "--output"),
      (short + ["-o", "new", "--without", "drug"], "--without drug"),
      (short + ["-o", "new", "--without", "alignment"], "'alignment' is invalid"),
      (["--perturbation", "model.safetensors", "-o", "new", "--folds", "2"], "--folds must be from 3"),
      (short + ["-o", "new", "--seed=-1"], "--seed must be"), (short + ["-o", ""], "--output is empty"),
      (short + ["-o", "new", "--split", "patient"], "'patient' is invalid"),
      (short + ["-o", "new", "--threads", "3"], "--threads must be 1 or 2"),
      (short + ["-o", "new", "--genes", "genes.txt"], "--genes and --links go together"),
    ])
  func misuse(arguments: [String], complaint: String) throws {
    let run = try therapi(Self.store + arguments)
    #expect(run.code == 2 && run.output.isEmpty && run.errors.contains(complaint), "\(run.errors)")
    #expect(run.errors.hasPrefix("therapi: error: ") && run.errors.contains("Usage: therapi train"))
    #expect(!exists("new"))
  }

  @Test("bad input ends with 2, the place, the cause and a remedy, and makes nothing")
  func badInput() throws {
    for (arguments, file, cause, remedy) in [
      (["train", "nowhere.h5ad"] + Self.short, "nowhere.h5ad", "", ""),
      (["train", "patients.h5ad"] + Self.short, "patients.h5ad", "", "therapi embed perturbation"),
      (["train", "model.safetensors"] + Self.short, "model.safetensors", "", ""),
      (Self.store + ["--perturbation", "lines.h5ad"], "lines.h5ad", "", ""),
      (Self.store + Self.short + ["--set", "colour=red"], "--set colour=red", "sets nothing", "--set name=value"),
      (Self.store + Self.short + ["--set", "dropout=1"], "--set dropout=1", "is out of range", "from 0 to below 1"),
      (Self.store + Self.short + ["--folds", "11"], nil, "10 pairs for 11 folds", "take fewer folds"),
    ] as [([String], String?, String, String)] {
      let run = try therapi(arguments + ["-o", "new", "--json"])
      #expect(run.code == 2 && run.errors.hasPrefix("therapi: error: \(file ?? "")"), "\(run.errors)")
      let error = try #require(try run.document()["error"] as? [String: Any])
      #expect(error["file"] as? String == file && error["origin"] as? String == "input", "\(run.errors)")
      let told = error["cause"] as? String ?? ""
      #expect(!told.isEmpty && (cause.isEmpty || told.contains(cause)), "\(run.errors)")
      #expect(remedy.isEmpty || (error["remedy"] as? String)?.contains(remedy) == true, "\(run.errors)")
      #expect(!exists("new"))
    }
  }

  @Test("a folder that cannot be made ends with 1")
  func unwritable() throws {
    let run = try therapi(Self.store + Self.short + ["-o", "model.safetensors/new"])
    #expect(run.code == 1 && run.errors.hasPrefix("therapi: error: model.safetensors/new"), "\(run.errors)")
  }

  @Test("goes on after a kill, to the same bytes")
  func killed() throws {
    try #require(try therapi(Self.store + Self.short + ["-o", "whole"]).code == 0)
    let whole = try content("whole")
    let command = Self.store + Self.short + ["-o", "killed"]
    for file in ["fold-00.safetensors", "fold-01.safetensors"] {
      let run = try therapi(command) { process in
        // It may come to its end before.
        while !exists("killed/\(file)"), kill(process, 0) == 0 { sched_yield() }
        kill(process, SIGKILL)
      }
      #expect(run.isKilled || run.code == 0)
      for (name, bytes) in try content("killed") where !name.hasPrefix(".") && !name.hasSuffix(".training") {
        #expect(whole[name] == bytes, "\(name) is not whole")
      }
    }
    #expect(try therapi(command).code == 0)
    let left = try content("killed")
    #expect(left.keys.sorted() == whole.keys.sorted())
    #expect(left == whole)
  }
}
