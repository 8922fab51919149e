import Cohorts
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("run")
struct RunCommandTests {
  private let study: ExampleStudy

  init() throws { study = try ExampleStudy(lines: 12, patients: 21, Self.configuration) }

  /// Every kind of step, and as little of it as can be.
  private static let configuration = """
    name: short
    title: A short example
    results: results
    source: {store: lines.h5ad}
    target: {store: patients.h5ad}
    alignment: {config: alignment.yaml, set: [settings.epochs=1]}
    rank:
      pretrain: {layers: 1, width: 8, heads: 2, epochs: 1, most-tokens: 8}
    perturbation:
      train: {treated: treated.csv, conditions: conditions.csv}
      settings: {hidden: 2, width: 8, layers: 1, heads: 2, epochs: 1, batch-size: 8}
    predictor: {folds: 3, epochs: 1, ablations: [alignment]}
    resamples: 2
    survival: [OS]
    """

  private static let steps = [
    "source", "target", "align", "rank model", "rank embedding", "perturbation model", "drug embedding", "train full",
    "score full", "score without-alignment", "outcomes", "figures", "report",
  ]

  private func therapi(
    _ arguments: [String], whileRunning: (Int32) throws -> Void = { _ in }
  ) throws -> TherapiProcess {
    try TherapiProcess.run(["run"] + arguments, in: study.folder.path, whileRunning: whileRunning)
  }

  private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: study.folder.file(name)) }

  // MARK: - Bytes

  /// The files in a folder by their paths from there, without hidden ones: locks, journals, what is not whole yet.
  private func files(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: study.folder.file(folder)).filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: study.folder.file("\(folder)/\($0)"), isDirectory: &isFolder)
        && !isFolder.boolValue && !($0 as NSString).lastPathComponent.hasPrefix(".")
    }.sorted()
  }

  private func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: study.folder.file(path)))
  }

  /// Holds what a reader may take for whole against the results of a run that nobody disturbed. The state tells how
  /// long steps took, and stores may differ in free space: that one can be read, and these are sound.
  private func expectWhole(_ folder: String, _ whole: String) throws {
    for file in try files(folder) where !file.hasSuffix(".training") && !file.hasSuffix(".copy") {
      let path = "\(folder)/\(file)"
      if file == "state.json" {
        #expect(try JSONSerialization.jsonObject(with: bytes(path)) is [String: Any])
      } else if file.hasPrefix("stores/") {
        #expect(try StoreVerification(of: study.folder.file(path)).isSound, "\(file)")
      } else {
        #expect(exists("\(whole)/\(file)"), "\(file) is left over")
        #expect(try bytes(path) == bytes("\(whole)/\(file)"), "\(file) is not whole")
      }
    }
  }

  /// Members of groups in order, as a dictionary has none.
  private static func text(_ value: StoreValue) -> String {
    guard case .group(let members) = value else { return "\(value)" }
    return members.sorted { $0.key < $1.key }.map { "\($0.key): {\(text($0.value))}" }.joined(separator: ", ")
  }

  private func expectSame(_ folder: String, _ whole: String) throws {
    let (left, made) = (Set(try files(folder)), Set(try files(whole)))
    #expect(left == made, "\(left.symmetricDifference(made).sorted())")
    try expectWhole(folder, whole)
    for name in ["lines", "patients"] {
      let stores = try [folder, whole].map {
        try CohortStore(study.folder.file("\($0)/stores/\(name).h5ad")).cohort()
      }
      #expect(stores[0].x == stores[1].x && stores[0].obs == stores[1].obs && stores[0].layers == stores[1].layers)
      #expect(stores[0].obsm == stores[1].obsm)
      for member in Set(stores[0].uns.keys).union(stores[1].uns.keys).sorted() {
        // As texts, in which a measure that is no number is the same as another.
        let texts = stores.map { store in store.uns[member].map { Self.text($0) } }
        #expect(texts[0] == texts[1], "\(member) of \(name)")
      }
    }
  }

  // MARK: - Runs

  @Test("tells what it would do and what it did, and killed at any step it ends in the same bytes")
  func killed() throws {
    let plan = try therapi(["study.yaml", "--dry-run", "--json"]).document()
    let steps = try #require(plan["steps"] as? [[String: Any]])
    #expect(steps.compactMap { $0["step"] as? String } == Self.steps)
    #expect(steps.allSatisfy { $0["is_current"] as? Bool == false } && !exists("results"))
    let report = try therapi(["study.yaml", "--json"]).document()
    #expect(report["done"] as? [String] == Self.steps && report["steps"] as? Int == Self.steps.count)
    #expect(report["report"] as? String == "results/report.html")

    let command = ["study.yaml", "--set", "results=killed"]
    for file in [
      "stores/patients.h5ad", "models/aligner.safetensors", "models/rank/model.safetensors",
      "runs/full/fold-01.safetensors", "scores/full.h5ad", "figures/heterogeneity.svg",
    ] {
      let run = try therapi(command) { process in
        // It may come to its end before.
        while !exists("killed/\(file)"), kill(process, 0) == 0 { sched_yield() }
        kill(process, SIGKILL)
      }
      #expect(run.isKilled || run.code == 0, "\(run.errors)")
      try expectWhole("killed", "results")
    }
    let last = try therapi(command)
    #expect(last.code == 0 && last.output.contains("report: "), "\(last.errors)")
    try expectSame("killed", "results")
    let again = try therapi(command)
    #expect(again.output.hasPrefix("nothing had to be done\nreport: ") && again.errors.isEmpty)
  }

  // MARK: - What is wrong

  @Test(
    "arguments that cannot be end with 2, and make nothing",
    arguments: [
      ([], "Missing expected argument '<study>'"), (["study.yaml", "more.yaml"], "more.yaml"),
      (["study.yaml", "--threads", "0"], "--threads must be 1 or 2"), (["study.yaml", "--restart"], "--restart"),
    ])
  func misuse(arguments: [String], complaint: String) throws {
    let run = try therapi(arguments)
    #expect(run.code == 2 && run.output.isEmpty && run.errors.contains(complaint), "\(run.errors)")
    #expect(run.errors.hasPrefix("therapi: error: ") && run.errors.contains("Usage: therapi run"))
    #expect(!exists("results"))
  }

  @Test("bad input ends with 2, the place, the cause and a remedy")
  func badInput() throws {
    try Data("no store".utf8).write(to: URL(fileURLWithPath: study.folder.file("broken.h5ad")))
    try "folds: 3\n".write(toFile: study.folder.file("bad.yaml"), atomically: true, encoding: .utf8)
    for (arguments, file, cause) in [
      (["nowhere.yaml"], "nowhere.yaml", "there is no such configuration"),
      (["bad.yaml"], "bad.yaml", "'name'"),
      (["study.yaml", "--set", "predictor.folds=2"], "--set predictor.folds=2", "2"),
      (["study.yaml", "--set", "colour=red"], "--set colour=red", "colour"),
      (["study.yaml", "--set", "alignment.config=none.yaml"], "none.yaml", "no such configuration"),
      (["study.yaml", "--set", "source.store=none.h5ad"], "none.h5ad", "is not there"),
      (["study.yaml", "--set", "source.store=broken.h5ad"], "broken.h5ad", "is not an HDF5 file"),
      (["study.yaml", "--set", "source.store=patients.h5ad"], "study.yaml", "both cohorts are called 'patients'"),
    ] {
      let run = try therapi(arguments + ["--json"])
      #expect(run.code == 2 && run.errors.hasPrefix("therapi: error: \(file)"), "\(run.errors)")
      let error = try #require(try run.document()["error"] as? [String: Any])
      #expect(error["file"] as? String == file && error["origin"] as? String == "input", "\(run.errors)")
      #expect((error["cause"] as? String)?.contains(cause) == true, "\(run.errors)")
      #expect((error["remedy"] as? String)?.isEmpty == false, "\(run.errors)")
      // The folders that results would go to are all that there may be.
      #expect(try !exists("results") || files("results").isEmpty)
    }
  }

  @Test("a results folder that cannot be made ends with 1")
  func unwritable() throws {
    let run = try therapi(["study.yaml", "--set", "results=treated.csv/results"])
    #expect(run.code == 1 && run.errors.contains("cannot make the folder"), "\(run.errors)")
    #expect(run.errors.contains("remedy: name a folder that may be written"), "\(run.errors)")
  }
}
