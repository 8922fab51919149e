import Cohorts
import Files
import Formats
import Foundation
import TestSupport
import Testing

@testable import Alignment

@Suite("Runs of an alignment")
struct AlignmentRunTests {
  private let run: RunCase

  init() throws {
    run = try RunCase()
    try run.write()
  }

  // MARK: - What is written

  @Test("fills sound stores with current blocks, and leaves nothing else behind")
  func stores() throws {
    run.settings = "epochs: 1, batch-size: 8, latent-size: 4"
    try run.write()
    let report = try run.run()
    #expect(try run.files == ["lines.h5ad", "patients.h5ad", "study.safetensors"])
    let file = try AlignerFile(reading: run.checkpoint)
    #expect(report.model == file.model && report.epochs == 1 && report.tissues == 3 && report.genes == 12)
    for name in ["lines.h5ad", "patients.h5ad"] {
      #expect(try StoreVerification(of: run.path(name)).findings.isEmpty)
    }
    let (lines, patients) = (try CohortStore(run.path("lines.h5ad")), try CohortStore(run.path("patients.h5ad")))
    #expect(try lines.cachedBlocks(model: file.model).map(\.path) == [.latent])
    #expect(try lines.cachedBlocks(model: file.model).allSatisfy { $0.state == .current })
    #expect(try lines.obsm("X_therapi").rows == 12)
    #expect(
      try patients.cachedBlocks(model: file.model).map(\.path) == [.aligned, .heterogeneity, .latent, .weights])
    #expect(try patients.cachedBlocks(model: file.model).allSatisfy { $0.state == .current })
    #expect(
      try patients.requireCurrent(.weights).extra["cell_lines"] == .strings((0..<12).map { "lines-\($0)" }))
    #expect(try patients.requireCurrent(.aligned).extra["unit"] == .string(MixtureStudy.unit))
    #expect(try patients.requireCurrent(.latent).settings["checkpoint"] == "study.safetensors")
  }

  @Test("what it writes of a patient agrees: weights, their entropy, and the mixtures that they make")
  func mixtures() throws {
    try run.run()
    let store = try CohortStore(run.path("patients.h5ad"))
    let (weights, aligned) = (try store.obsm("therapi_weights"), try store.layer("aligned"))
    let lines = try CohortStore(run.path("lines.h5ad")).matrix()
    let latents = try AlignerFile(reading: run.checkpoint).lineLatents
    let latent = try store.obsm("X_therapi")
    guard case .doubles(let heterogeneity) = try store.obs()["heterogeneity"] else {
      Issue.record("no heterogeneity")
      return
    }
    #expect(weights.columns == 4 && aligned.columns == 12 && latent.columns == 4)
    for row in 0..<21 {
      let own = weights.values[row * 4..<row * 4 + 4].map(Double.init)
      // A softmax in single precision.
      #expect(abs(own.reduce(0, +) - 1) < 1e-6)
      #expect(abs(heterogeneity[row] + own.reduce(0) { $0 + $1 * log($1) }) < 1e-6)
      for gene in 0..<12 {
        // The lines of colon are every third.
        let mixed = own.indices.reduce(0.0) { $0 + own[$1] * Double(lines.values[$1 * 3 * 12 + gene]) }
        #expect(abs(Double(aligned.values[row * 12 + gene]) - mixed) < 1e-5)
      }
      for column in 0..<4 {
        let mixed = own.indices.reduce(0.0) { $0 + own[$1] * Double(latents[$1 * 4 + column]) }
        #expect(abs(Double(latent.values[row * 4 + column]) - mixed) < 1e-5)
      }
    }
  }

  @Test("two stores of patients have one vocabulary and one scaling, and each gets its own rows")
  func severalTargets() throws {
    run.settings = "epochs: 1, batch-size: 8, latent-size: 4, standardisation: per-gene-and-domain"
    try run.write()
    let more = run.study.cohort(
      "more", "patients", Array(run.study.patientValues(seed: 3).prefix(10 * 12)).map { $0 + 1 })
    try more.write(to: run.path("more.h5ad"))
    run.targets = ["patients.h5ad", "more.h5ad"]
    let report = try run.run(lanes: 2)
    #expect(report.targets.map(\.samples) == [21, 10] && report.targets.map(\.trained) == [21, 10])
    let file = try AlignerFile(reading: run.checkpoint)
    #expect(file.header.targets == ["patients", "more"] && file.header.tissues == MixtureStudy.tissues)
    guard case .perGene(let mean, _) = try file.targetScaling else {
      Issue.record("no scaling by gene")
      return
    }
    let values = run.study.patientValues() + more.x.values
    for gene in 0..<12 {
      let expected = (0..<31).reduce(0.0) { $0 + Double(values[$1 * 12 + gene]) } / 31
      // Sums of 31 doubles in another order.
      #expect(abs(mean[gene] - expected) < 1e-12)
    }
    for (name, rows) in [("patients.h5ad", 21), ("more.h5ad", 10)] {
      let store = try CohortStore(run.path(name))
      #expect(try store.cachedBlocks(model: file.model).allSatisfy { $0.state == .current })
      let written = try store.obsm("therapi_weights")
      #expect(written.rows == rows)
      try run.apply(to: name)
      #expect(try CohortStore(run.path(name)).obsm("therapi_weights") == written)
    }
  }

  // MARK: - The same bits

  @Test("gives the same files on one lane and on two")
  func lanes() throws {
    try run.run(lanes: 1)
    let sums = try run.files.map(run.sum)
    try FileManager.default.removeItem(atPath: run.checkpoint)
    try run.write()
    try run.run(lanes: 2)
    #expect(try run.files.map(run.sum) == sums)
  }

  @Test("a run that was stopped keeps its state, says so, and ends in the same files")
  func stopped() async throws {
    try run.run()
    let sums = try run.files.map(run.sum)
    try FileManager.default.removeItem(atPath: run.checkpoint)
    try run.write()
    let before = try (run.sum("lines.h5ad"), run.sum("patients.h5ad"))
    for step in 1...4 {
      run.log.clear()
      try await run.interrupt()
      #expect(run.log.text.contains("warning: stopped in epoch \(step < 3 ? 1 : 2); the same command goes on from"))
      #expect(run.log.text.contains("going on after epoch") == (step > 1))
      #expect(try run.files == ["lines.h5ad", "patients.h5ad", "study.safetensors.training"])
    }
    #expect(try run.sum("lines.h5ad") == before.0 && run.sum("patients.h5ad") == before.1)
    try run.run()
    #expect(try run.files.map(run.sum) == sums)
  }

  // MARK: - Checkpoints and states that are there

  @Test("a finished checkpoint of the same data and settings is taken without training, and gives the same blocks")
  func finished() throws {
    try run.run()
    let checkpoint = try run.sum()
    let first = try CohortStore(run.path("patients.h5ad")).cohort()
    run.log.clear()
    try run.run()
    #expect(run.log.text == "notice: the checkpoint is of these data and settings: nothing to train")
    let second = try CohortStore(run.path("patients.h5ad")).cohort()
    #expect(try run.sum() == checkpoint && first.obsm == second.obsm && first.layers == second.layers)
    #expect(first.obs == second.obs && first.uns["embeddings"] == second.uns["embeddings"])
    try run.write()
    try run.run()
    #expect(try CohortStore(run.path("patients.h5ad")).cohort().obsm == first.obsm)
  }

  @Test("a checkpoint of other settings is replaced once the new one is trained, with a notice")
  func replaced() async throws {
    try run.run()
    let first = try run.sum()
    run.log.clear()
    try await run.interrupt(["settings.seed=7"])
    #expect(run.log.text.contains("notice: replacing \(run.checkpoint), once this training is done"))
    #expect(try run.sum() == first)
    try run.run(["settings.seed=7"])
    let replaced = try run.sum()
    try FileManager.default.removeItem(atPath: run.checkpoint)
    try run.run(["settings.seed=7"])
    #expect(try run.sum() == replaced && replaced != first)
  }

  @Test("what changes the checkpoint and no number that trains is other data too")
  func names() throws {
    try run.run()
    var lines = run.study.source
    var obs = Frame(indexName: "sample", index: lines.obs.index.map { $0 + "-renamed" })
    for column in lines.obs.columns { obs.set(column.name, column.column) }
    lines.obs = obs
    try lines.write(to: run.path("lines.h5ad"))
    run.log.clear()
    try run.run()
    #expect(run.log.text.contains("replacing"))
    #expect(try AlignerFile(reading: run.checkpoint).header.cellLines.allSatisfy { $0.hasSuffix("-renamed") })
  }

  @Test("restarting trains anew, to the same bits, and leaves no older state")
  func restart() async throws {
    try run.run()
    let first = try run.sum()
    try await run.interrupt(["settings.seed=7"])
    run.log.clear()
    try run.run(restarts: true)
    #expect(run.log.text.contains("replacing") && !run.log.text.contains("going on"))
    #expect(try run.sum() == first && run.files == ["lines.h5ad", "patients.h5ad", "study.safetensors"])
  }

  @Test("the state of a training of other settings or data is refused, and stays")
  func otherState() async throws {
    try await run.interrupt()
    let state = try run.sum("study.safetensors.training")
    let error = #expect(throws: AlignmentError.self) { try run.run(["settings.seed=7"]) }
    #expect(error?.kind == .checkpoint && error?.place?.file == run.state)
    #expect(error?.cause == "holds an unfinished training of other data or settings")
    #expect(error?.remedy?.contains("--restart") == true)
    run.study.seed = 9
    try run.write()
    #expect(throws: AlignmentError.self) { try run.run() }
    #expect(try run.sum("study.safetensors.training") == state)
    try run.run(restarts: true)
    #expect(try run.files == ["lines.h5ad", "patients.h5ad", "study.safetensors"])
  }

  @Test("a state that is none is refused with the way out")
  func badState() throws {
    try Data("nonsense that is long enough".utf8).write(to: URL(fileURLWithPath: run.state))
    let error = #expect(throws: AlignmentError.self) { try run.run() }
    #expect(error?.kind == .checkpoint && error?.place?.file == run.state)
    #expect(error?.remedy == "add --restart to begin anew, or move the file away")
    try run.run(restarts: true)
  }

  @Test("a state that a run left beside its finished checkpoint goes; that of another training stays")
  func leftover() async throws {
    try await run.interrupt()
    let state = try Data(contentsOf: URL(fileURLWithPath: run.state))
    try run.run()
    try state.write(to: URL(fileURLWithPath: run.state))
    try run.run()
    #expect(try !run.files.contains("study.safetensors.training"))
    try await run.interrupt(["settings.seed=7"])
    try run.run()
    #expect(try run.files.contains("study.safetensors.training"))
  }

  // MARK: - Files that cannot be written

  @Test("what is no aligner's checkpoint is not replaced", arguments: [false, true])
  func foreign(restarts: Bool) throws {
    let store = try run.sum("patients.h5ad")
    let error = #expect(throws: AlignmentError.self) {
      try run.alignment(output: "patients.h5ad").run(restarts: restarts)
    }
    #expect(error?.kind == .checkpoint && error?.place?.file == run.path("patients.h5ad"))
    #expect(error?.cause.hasSuffix("what is no aligner's checkpoint is not replaced") == true)
    #expect(error?.remedy == "give another --output, or move the file away")
    #expect(try run.sum("patients.h5ad") == store && run.files == ["lines.h5ad", "patients.h5ad"])
  }

  @Test("a folder that cannot be written is found before the training")
  func noFolder() throws {
    let error = #expect(throws: FormatError.self) { try run.alignment(output: "none/a.safetensors").run() }
    #expect(error?.kind == .notCommitted && error?.origin == .program && run.log.text.isEmpty)
  }

  @Test(
    "where the second store cannot be written the first keeps what it got, and the same command does the rest",
    arguments: ["held", "no room"])
  func secondTarget(obstacle: String) throws {
    try run.study.cohort("more", "patients", run.study.patientValues(seed: 3)).write(to: run.path("more.h5ad"))
    run.targets = ["patients.h5ad", "more.h5ad"]
    let partial = try #require(PartialFile(beside: run.path("more.h5ad")))
    var held: Int32?
    if obstacle == "held" {
      held = try partial.hold(requiringLock: true)
    } else {
      try FileManager.default.createDirectory(atPath: partial.path, withIntermediateDirectories: false)
    }
    let before = try (run.sum("more.h5ad"), run.sum("lines.h5ad"))
    let error = #expect(throws: StoreError.self) { try run.run() }
    #expect(error?.kind == (obstacle == "held" ? .locked : .notCommitted))
    #expect(error?.place?.file == run.path("more.h5ad"))
    #expect(
      run.log.text.contains(
        "warning: the checkpoint is there, but not written to: \(run.path("more.h5ad")), \(run.path("lines.h5ad")); "
          + "the same command does that, without training"))
    #expect(try CohortStore(run.path("patients.h5ad")).cachedBlocks().count == 4)
    #expect(try run.sum("more.h5ad") == before.0 && run.sum("lines.h5ad") == before.1)
    if let held { close(held) }
    try FileManager.default.removeItem(atPath: partial.path)
    let checkpoint = try run.sum()
    run.log.clear()
    try run.run()
    #expect(run.log.text.contains("nothing to train"))
    #expect(try run.sum() == checkpoint)
    for name in ["more.h5ad", "lines.h5ad", "patients.h5ad"] {
      #expect(try CohortStore(run.path(name)).cachedBlocks().allSatisfy { $0.state == .current })
      #expect(try StoreVerification(of: run.path(name)).findings.isEmpty)
    }
  }

  // MARK: - Stores that change

  @Test("a store that is ingested anew has no blocks; one whose expression changed has stale ones")
  func stale() throws {
    try run.run()
    try SpoiledExpression.set(4.5, at: 3, in: run.path("patients.h5ad"))
    let states = try CohortStore(run.path("patients.h5ad")).cachedBlocks().map(\.state)
    #expect(states.count == 4 && states.allSatisfy { if case .stale = $0 { true } else { false } })
    try run.study.target.write(to: run.path("patients.h5ad"))
    #expect(try CohortStore(run.path("patients.h5ad")).cachedBlocks().isEmpty)
    try run.apply(to: "patients.h5ad")
    #expect(try CohortStore(run.path("patients.h5ad")).cachedBlocks().allSatisfy { $0.state == .current })
  }

  @Test("a store that changed while the aligner ran is refused")
  func changed() throws {
    let store = try CohortStore(run.path("patients.h5ad"))
    let cohort = PatientCohort(
      path: store.path, samples: try store.obs().index, scaling: .asIs, genes: Array(repeating: true, count: 12),
      input: try store.inputFingerprint())
    #expect(try cohort.expression() == store.matrix().values)
    run.study.seed = 2
    try run.write()
    let error = #expect(throws: AlignmentError.self) { try cohort.expression() }
    #expect(error?.kind == .changed && error?.place?.file == store.path)
  }

  // MARK: - Bad input

  @Test("a loss that is no number ends the run at the settings' place and leaves no file", arguments: [2, 1])
  func divergence(epochs: Int) throws {
    let error = #expect(throws: AlignmentError.self) {
      try run.run(["settings.learning-rate=1e30", "settings.epochs=\(epochs)", "settings.batch-size=7"])
    }
    #expect(error?.kind == .diverged && error?.origin == .input)
    #expect(error?.place?.description == run.path("study.yaml") + ":settings")
    #expect(error?.remedy?.contains("lower settings.learning-rate") == true)
    #expect(try run.files == ["lines.h5ad", "patients.h5ad"])
  }

  @Test("a store that is named twice is refused, also by another name")
  func repeated() throws {
    try FileManager.default.createSymbolicLink(
      atPath: run.path("link.h5ad"), withDestinationPath: run.path("patients.h5ad"))
    for targets in [["patients.h5ad", "patients.h5ad"], ["patients.h5ad", "link.h5ad"], ["lines.h5ad"]] {
      run.targets = targets
      let error = #expect(throws: AlignmentError.self) { try run.run() }
      #expect(error?.kind == .repeated && error?.place?.file == run.path(targets[targets.count - 1]))
    }
  }

  @Test("a store without samples is refused", arguments: ["lines", "patients"])
  func empty(name: String) throws {
    try run.study.cohort(name, "gene-panel", []).write(to: run.path("\(name).h5ad"))
    let error = #expect(throws: AlignmentError.self) { try run.run() }
    #expect(error?.kind == .empty && error?.place?.file == run.path("\(name).h5ad"))
    #expect(error?.cause == "holds no samples")
  }

  @Test("one line and one patient can be aligned")
  func smallest() throws {
    run.study = MixtureStudy(genes: 12, lines: 1, patients: 1)
    try run.write()
    let report = try run.run(["settings.batch-size=1"])
    #expect(report.targets[0].medianHeterogeneity == 0)
    #expect(report.measures.first { $0.name == "silhouette_domain" }?.raw == nil)
  }
}
