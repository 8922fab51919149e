import Cohorts
import Files
import Foundation
import TestSupport
import Testing

@Suite("align")
struct AlignCommandTests {
  private let folder: TemporaryFolder
  private let study = MixtureStudy(genes: 12)

  /// A single tissue has no classifiers, which take most of the time.
  private static let quick = "epochs: 2, batch-size: 3, latent-size: 4, tissue: colon"
  private static let training = [
    "align", "--config", "study.yaml", "--source", "lines.h5ad", "--target", "patients.h5ad",
  ]

  init() throws {
    folder = try TemporaryFolder()
    try study.write(to: folder.path, configuration: MixtureStudy.configuration(Self.quick))
  }

  private func align(
    _ arguments: String..., whileRunning: (Int32) throws -> Void = { _ in }
  ) throws -> TherapiProcess {
    try TherapiProcess.run(Self.training + arguments, in: folder.path, whileRunning: whileRunning)
  }

  private func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "study.yaml" }.sorted()
  }

  private func sums() throws -> [String: String] {
    Dictionary(uniqueKeysWithValues: try files().map { ($0, try SHA256.hex(ofFile: folder.file($0))) })
  }

  // MARK: - Reports

  @Test("reports the training as a page, and applying as a line for each store")
  func pages() throws {
    let run = try align()
    #expect(run.code == 0 && run.errors.isEmpty)
    for line in [
      "study.safetensors: preset reference, 2 epochs, in ",
      "source      lines.h5ad: 4 cell lines of 1 tissue\n            8 samples left out: it is not of the tissue",
      "target      patients.h5ad: 21 samples, 7 trained; median heterogeneity ",
      "genes       12 that all cohorts measured\n", "            total ", "measures    mixing: raw ",
    ] { #expect(run.output.contains(line), "\(run.output)") }
    #expect(try files() == ["lines.h5ad", "patients.h5ad", "study.safetensors"])
    let applied = try TherapiProcess.run(
      ["align", "--apply", "study.safetensors", "patients.h5ad", "lines.h5ad"], in: folder.path)
    #expect(applied.code == 0 && applied.errors.isEmpty)
    #expect(
      applied.output.hasPrefix("patients.h5ad: 21 samples mapped to 4 cell lines by study.safetensors; median")
        && applied.output.contains("\nlines.h5ad: 12 samples mapped"))
  }

  @Test("reports as one JSON document, in snake_case with reasons and losses by their names")
  func json() throws {
    let document = try align("--json", "-o", "a.safetensors").document()
    #expect(
      document.keys.sorted() == [
        "cell_lines", "checkpoint", "epochs", "excluded", "first_losses", "genes", "last_losses", "measures", "model",
        "preset", "seconds", "source", "targets", "tissues",
      ])
    #expect(document["checkpoint"] as? String == "a.safetensors" && document["cell_lines"] as? Int == 4)
    #expect(document["excluded"] as? [String: Int] == ["it is not of the tissue that the run is of": 8])
    #expect((document["last_losses"] as? [String: Double])?["total"] != nil)
    let target = try #require((document["targets"] as? [[String: Any]])?.first)
    #expect(target["path"] as? String == "patients.h5ad" && target["trained"] as? Int == 7)
    #expect(target["median_heterogeneity"] as? Double != nil)
    let measures = try #require(document["measures"] as? [[String: Any]])
    #expect(measures.contains { $0["name"] as? String == "mixing" && $0["aligned_expression"] is Double })
    let applied = try TherapiProcess.run(
      ["align", "--json", "--apply", "a.safetensors", "patients.h5ad"], in: folder.path
    ).document()
    let stores = try #require(applied["stores"] as? [[String: Any]])
    #expect(stores.map { $0["store"] as? String } == ["patients.h5ad"] && stores[0]["samples"] as? Int == 21)
    #expect(stores[0]["model"] as? String == document["model"] as? String)
  }

  @Test("logs its steps where asked, and inspect shows the alignment, and blocks that are stale")
  func logAndInspect() throws {
    let run = try align("--log-level", "info")
    for line in ["reading the stores", "100 % of training: loss ", "measuring the alignment", "writing lines.h5ad"] {
      #expect(run.errors.contains(line))
    }
    let fresh = try TherapiProcess.run(["inspect", "patients.h5ad"], in: folder.path).output
    #expect(fresh.contains("study.safetensors") && !fresh.contains("stale"))
    #expect(try TherapiProcess.run(["verify", "patients.h5ad", "lines.h5ad"], in: folder.path).code == 0)
    try StoreUpdate.update(folder.file("patients.h5ad")) {
      try $0.set(uns: "expression/unit", .string("log2(fpkm + 1)"))
    }
    let stale = try TherapiProcess.run(["inspect", "patients.h5ad"], in: folder.path).output
    #expect(stale.contains("stale"))
  }

  // MARK: - Interruptions

  /// A training of 180 steps, each of some milliseconds.
  private static let long = ["--set", "settings.epochs=60", "--log-level", "notice"]

  /// Waits until the state has been written so many times more, or the checkpoint is there.
  private func awaitStates(_ count: Int) throws {
    func identity() -> UInt64 {
      var status = stat()
      return stat(folder.file("study.safetensors.training"), &status) == 0 ? UInt64(status.st_ino) : 0
    }
    var (left, last) = (count, identity())
    while left > 0, !FileManager.default.fileExists(atPath: folder.file("study.safetensors")) {
      let now = identity()
      if now != 0, now != last { (left, last) = (left - 1, now) }
      sched_yield()
    }
  }

  @Test("a training that is killed again and again ends in the bytes of one that was not")
  func killed() throws {
    let undisturbed = try TherapiProcess.run(Self.training + Self.long, in: folder.path)
    #expect(undisturbed.code == 0)
    let (checkpoint, blocks) = (try SHA256.hex(ofFile: folder.file("study.safetensors")), try blocks())
    try FileManager.default.removeItem(atPath: folder.file("study.safetensors"))
    try study.write(to: folder.path, configuration: MixtureStudy.configuration(Self.quick))
    var generator = SeededGenerator(seed: 5)
    for states in [1, 2, 2, 2] {
      let run = try TherapiProcess.run(Self.training + Self.long, in: folder.path) { process in
        try awaitStates(states)
        for _ in 0..<Int.random(in: 0...20_000, using: &generator) { sched_yield() }
        kill(process, SIGKILL)
      }
      // Where the machine is fast one may come to its end before.
      #expect(run.isKilled || run.code == 0)
    }
    #expect(try TherapiProcess.run(Self.training + Self.long, in: folder.path).code == 0)
    #expect(try SHA256.hex(ofFile: folder.file("study.safetensors")) == checkpoint)
    #expect(try self.blocks() == blocks)
    #expect(try files() == ["lines.h5ad", "patients.h5ad", "study.safetensors"])
    #expect(try TherapiProcess.run(["verify", "lines.h5ad", "patients.h5ad"], in: folder.path).code == 0)
  }

  /// What was written into the stores.
  private func blocks() throws -> [[String: Matrix]] {
    try ["lines.h5ad", "patients.h5ad"].flatMap { name in
      let cohort = try CohortStore(folder.file(name)).cohort()
      return [cohort.obsm, cohort.layers]
    }
  }

  @Test(
    "a signal stops it with its state kept, says how to go on, and the same command does", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let run = try TherapiProcess.run(Self.training + Self.long, in: folder.path) { process in
      try awaitStates(1)
      kill(process, signal)
    }
    #expect(run.isKilled && run.code == signal && run.output.isEmpty)
    #expect(run.errors.contains("stopped in epoch"))
    #expect(run.errors.contains("the same command goes on from study.safetensors.training"))
    #expect(try files() == ["lines.h5ad", "patients.h5ad", "study.safetensors.training"])
    let refused = try align("--json")
    #expect(refused.code == 2 && refused.errors.contains("add --restart to begin anew"))
    let resumed = try TherapiProcess.run(Self.training + Self.long, in: folder.path)
    #expect(resumed.code == 0 && resumed.errors.contains("going on after epoch"))
    #expect(try files() == ["lines.h5ad", "patients.h5ad", "study.safetensors"])
  }

  // MARK: - Bad input

  /// What is wrong: the store that is spoilt, how, arguments, and what is said.
  struct Bad: Sendable, CustomTestStringConvertible {
    var name: String
    var store = "patients"
    var change: @Sendable (inout Cohort) -> Void = { _ in }
    var arguments: [String] = []
    var place: String
    var cause: String

    var testDescription: String { name }

    static let all = [
      Bad(
        name: "no column of tissues", store: "lines",
        change: { $0.obs = Frame(indexName: "sample", index: $0.obs.index) },
        place: "lines.h5ad:/obs", cause: "has no column 'tissue'"),
      Bad(
        name: "patients without tissue",
        change: { $0.obs.set("tissue", .categorical(Array(repeating: "", count: $0.obs.index.count))) },
        place: "patients.h5ad:/obs", cause: "leaves no sample to train"),
      Bad(
        name: "a tissue of one side", store: "lines",
        change: { $0.obs.set("tissue", .categorical((0..<12).map { $0 % 2 == 0 ? "colon" : "lung" })) },
        arguments: ["--set", "settings={epochs: 1, batch-size: 3}"], place: "patients.h5ad:/obs/tissue",
        cause: "has tissues that no cell line is of: skin"),
      Bad(
        name: "fewer samples than a batch", arguments: ["--set", "settings.batch-size=50"], place: "patients.h5ad:/obs",
        cause: "fewer than a batch of 50"),
      Bad(
        name: "another order of genes",
        change: {
          $0.uns["therapi"] = .group([
            "schema": .integer(1), "name": .string("patients"), "panel_order": .string("other"),
          ])
        }, place: "patients.h5ad:/uns/therapi/panel_order", cause: "names another order of genes"),
      Bad(
        name: "two units", change: { $0.uns["expression"] = .group(["unit": .string("zscore")]) },
        place: "patients.h5ad:/uns/expression/unit", cause: "is zscore, but lines.h5ad"),
      Bad(
        name: "no samples", change: { $0 = MixtureStudy(genes: 12).cohort("patients", "gene-panel", []) },
        place: "patients.h5ad:/X", cause: "holds no samples"),
      Bad(
        name: "a loss that is no number", arguments: ["--set", "settings.learning-rate=1e30"],
        place: "study.yaml:settings", cause: "the loss is no finite number in epoch 1, step 2"),
      Bad(
        name: "a store as the output", arguments: ["-o", "lines.h5ad", "--restart"], place: "lines.h5ad",
        cause: "what is no aligner's checkpoint is not replaced"),
    ]
  }

  @Test("ends with 2, the place, the cause and a remedy, and leaves the files that were there", arguments: Bad.all)
  func badInput(bad: Bad) throws {
    var cohort = bad.store == "lines" ? study.source : study.target
    bad.change(&cohort)
    try cohort.write(to: folder.file("\(bad.store).h5ad"))
    let before = try sums()
    let run = try TherapiProcess.run(Self.training + ["--json"] + bad.arguments, in: folder.path)
    #expect(run.code == 2 && !run.isKilled)
    #expect(run.errors.hasPrefix("therapi: error: \(bad.place): "), "\(run.errors)")
    #expect(run.errors.contains(bad.cause) && run.errors.contains("\n  remedy: "), "\(run.errors)")
    let error = try #require(try run.document()["error"] as? [String: Any])
    #expect(error["origin"] as? String == "input" && (error["cause"] as? String)?.contains(bad.cause) == true)
    #expect((error["remedy"] as? String)?.isEmpty == false)
    #expect(bad.place.hasPrefix(error["file"] as? String ?? "-"))
    #expect(try sums() == before)
  }

  @Test("a checkpoint of genes in another order is refused, and a store is no checkpoint")
  func badCheckpoint() throws {
    #expect(try align().code == 0)
    var cohort = study.target
    cohort.uns["therapi"] = .group([
      "schema": .integer(1), "name": .string("patients"), "panel_order": .string("other"),
    ])
    try cohort.write(to: folder.file("new.h5ad"))
    let before = try sums()
    let order = try TherapiProcess.run(["align", "--apply", "study.safetensors", "new.h5ad"], in: folder.path)
    #expect(order.code == 2)
    #expect(
      order.errors.hasPrefix(
        "therapi: error: new.h5ad:/uns/therapi/panel_order: names another order of genes than study.safetensors"))
    let store = try TherapiProcess.run(["align", "--apply", "lines.h5ad", "patients.h5ad"], in: folder.path)
    #expect(
      store.code == 2 && store.errors.hasPrefix("therapi: error: lines.h5ad: ") && store.errors.contains("remedy"))
    #expect(try sums() == before)
  }

  @Test("a folder that is not there is a failure of the machine, before any training")
  func noFolder() throws {
    let run = try align("-o", "none/a.safetensors", "--log-level", "info")
    #expect(run.code == 1 && run.errors.contains("see that the folder is there"))
    #expect(!run.errors.contains("of training"))
  }
}
