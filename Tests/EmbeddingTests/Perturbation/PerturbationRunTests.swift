import Cohorts
import Foundation
import Genes
import Logging
import Molecules
import Runs
import TestSupport
import Testing

@testable import Embedding

@Suite("Embedding pairs and drugs")
struct PerturbationRunTests {
  private let folder: TemporaryFolder
  private let store: String
  private let pairs: String

  init() throws {
    folder = try TemporaryFolder()
    (store, pairs) = (folder.file("cohort.h5ad"), folder.file("cohort.pairs.h5ad"))
    try ExampleModel.cohort().write(to: store)
  }

  private func run(
    _ model: PerturbationModel = ExampleModel.make(), _ settings: PerturbationSettings = PerturbationSettings(),
    lanes: Int = 2
  ) -> PerturbationRun {
    PerturbationRun(model, settings, lanes: lanes, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  @Test("writes a sound store of the responses' pairs, without those of skipped drugs")
  func responses() throws {
    let report = try run().embedPairs(.responses, of: store, drugs: nil, output: pairs)
    #expect(report.drugs == 2 && report.pairs == 10 && report.skippedPairs == 10)
    #expect(Set(report.skippedDrugs.keys) == ["broken", "unknown"])
    #expect(try StoreVerification(of: pairs).findings.map(\.description) == [])
    let written = try CohortStore(pairs)
    #expect(written.samples == 10 && written.genes == 0)
    let obs = try written.obs()
    #expect(obs["drug"]?.texts?.prefix(2) == ["aspirin", "ethanol"])
    #expect(obs["label"] == .int32s((0..<5).flatMap { _ in [Int32(0), 0] }))
    try written.requirePairs(of: CohortStore(store), model: ExampleModel.make().fingerprint)
  }

  @Test("gives each pair the numbers of the model, in the panel's order whatever the model's is")
  func values() throws {
    let genes = ModelGenes(panelPlaces: Array((0..<LandmarkPanel.count).reversed()))
    let model = ExampleModel.make(genes: genes)
    _ = try run(model).embedPairs(.all, of: store, drugs: nil, output: pairs)
    let cohort = try PerturbationCohort(CohortStore(store), layer: .x, takesAnyUnit: false)
    let map = try model.map(lanes: .init(1))
    let graphs = try DrugGraphs(of: DrugList(of: CohortStore(store)).drugs, rule: .skip)
    let written = try CohortStore(pairs)
    let (perturbed, compounds) = (try written.obsm(PairStore.perturbed), try written.obsm(PairStore.compound))
    let samples = map.samples(genes.ordered(cohort.expression))
    for (drug, member) in graphs.members.enumerated() {
      let compound = map.compound(MoleculeNodes(member.graph), DrugCondition())
      let parts = map.drugs(compound)
      for sample in 0..<5 {
        let row = (drug * 5 + sample) * 978..<(drug * 5 + sample + 1) * 978
        #expect(Array(compounds.values[row]) == genes.unordered(compound))
        let one = map.perturbed(samples, parts, pairs: [(sample, 0)]).values
        // A row of a product alone is summed in another order than among others.
        #expect(Array(perturbed.values[row]).distance(to: genes.unordered(one)) <= 1e-5)
      }
    }
  }

  @Test("writes the same bytes on one lane and on two, and leaves pairs that are current")
  func again() throws {
    _ = try run().embedPairs(.all, of: store, drugs: nil, output: pairs)
    let first = try Data(contentsOf: URL(fileURLWithPath: pairs))
    #expect(try run().embedPairs(.all, of: store, drugs: nil, output: pairs).isUnchanged)
    let other = folder.file("other.h5ad")
    _ = try run(lanes: 1).embedPairs(.all, of: store, drugs: nil, output: other)
    #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == first)
  }

  @Test("renews pairs of another model, dose or cohort, and consumers refuse them till then")
  func stale() throws {
    _ = try run().embedPairs(.all, of: store, drugs: nil, output: pairs)
    let other = ExampleModel.make(seed: 2)
    #expect(throws: StoreError.self) {
      try CohortStore(pairs).requirePairs(of: CohortStore(store), model: other.fingerprint)
    }
    #expect(try !run(other).embedPairs(.all, of: store, drugs: nil, output: pairs).isUnchanged)
    var settings = PerturbationSettings()
    settings.condition.dose = 1
    #expect(try !run(other, settings).embedPairs(.all, of: store, drugs: nil, output: pairs).isUnchanged)
    try ExampleModel.cohort(seed: 4).write(to: store)
    let error = #expect(throws: StoreError.self) { try CohortStore(pairs).requirePairs(of: CohortStore(store)) }
    #expect(error?.kind == .stale)
    #expect(try !run(other, settings).embedPairs(.all, of: store, drugs: nil, output: pairs).isUnchanged)
  }

  @Test("takes pairs from a table, and names what is wrong with it")
  func table() throws {
    let table = folder.file("pairs.tsv")
    func write(_ rows: String) throws {
      try "sample\tdrug\tlabel\n\(rows)".write(toFile: table, atomically: true, encoding: .utf8)
    }
    try write("S1\tethanol\t1\nS0\taspirin\t\nS1\tbroken\t1\n")
    let report = try run().embedPairs(.table(table), of: store, drugs: nil, output: pairs)
    #expect(report.pairs == 2 && report.skippedPairs == 1)
    #expect(try CohortStore(pairs).obs()["label"] == .int32s([1, -1]))
    for bad in ["S9\tethanol\t1\n", "S1\tstranger\t1\n", "S1\tethanol\tyes\n"] {
      try write(bad)
      let error = #expect(throws: EmbeddingError.self) {
        try run().embedPairs(.table(table), of: store, drugs: nil, output: pairs)
      }
      #expect(error?.place?.line == 2)
    }
  }

  @Test("refuses an invalid SMILES by rule, and a unit that is no logarithm")
  func refuses() throws {
    var settings = PerturbationSettings()
    settings.rule = .error
    #expect(throws: MoleculeError.self) {
      try run(ExampleModel.make(), settings).embedPairs(.all, of: store, drugs: nil, output: pairs)
    }
    var cohort = ExampleModel.cohort()
    if case .group(var members) = cohort.uns["expression"] {
      members["unit"] = .string("tpm")
      cohort.uns["expression"] = .group(members)
    }
    try cohort.write(to: store)
    let error = #expect(throws: EmbeddingError.self) {
      try run().embedPairs(.all, of: store, drugs: nil, output: pairs)
    }
    #expect(error?.kind == .expression)
    settings = PerturbationSettings(takesAnyUnit: true)
    #expect(try run(ExampleModel.make(), settings).embedPairs(.all, of: store, drugs: nil, output: pairs).pairs == 10)
  }

  @Test("puts drugs alone into the store, or into a file of their own")
  func drugsOnly() throws {
    let report = try run().embedDrugs(nil, into: store)
    #expect(report.drugs == 2)
    #expect(try StoreVerification(of: store).isSound)
    guard case .matrix(let values) = try CohortStore(store).value(at: "\(DrugEmbeddings.path)/values") else {
      Issue.record("no matrix of drugs")
      return
    }
    let file = folder.file("drugs.h5ad")
    _ = try run().embedDrugs(DrugList(of: CohortStore(store)), output: file)
    #expect(try StoreVerification(of: file).isSound)
    #expect(try CohortStore(file).obsm(PairStore.compound) == values)
  }

  @Test("drugs' embeddings are refused once the drugs, their SMILES or the model changed")
  func staleDrugs() throws {
    #expect(throws: StoreError.self) { try CohortStore(store).requireDrugEmbeddings() }
    _ = try run().embedDrugs(nil, into: store)
    let model = ExampleModel.make().fingerprint
    let found = try CohortStore(store).requireDrugEmbeddings(model: model)
    #expect(found.drugs == ["aspirin", "ethanol"] && found.smiles == ["CC(=O)Oc1ccccc1C(=O)O", "CCO"])
    #expect(found.values.rows == 2 && found.values.columns == 978 && found.settings["dose_uM"] == "10.0")
    #expect(try CohortStore(store).drugEmbeddingState(model: "other") != .current)
    func change(_ smiles: [String]) throws {
      var frame = Frame(indexName: "drug", index: ExampleModel.drugs.map(\.name))
      frame.set("smiles", .strings(smiles))
      try StoreUpdate.update(store) { try $0.set(uns: "drugs", .frame(frame)) }
    }
    // A drug that was skipped counts too: it may now have a molecule.
    for changed in ["CC(=O)O", "CCC"].enumerated() {
      var smiles = ExampleModel.drugs.map(\.smiles)
      smiles[changed.offset] = changed.element
      try change(smiles)
      let error = #expect(throws: StoreError.self) { try CohortStore(store).requireDrugEmbeddings() }
      #expect(error?.kind == .stale && error?.cause.contains("SMILES changed") == true)
      let findings = try StoreVerification(of: store).findings
      #expect(findings.contains { $0.severity == .warning && $0.cause == error?.cause })
    }
    try change(ExampleModel.drugs.map(\.smiles))
    #expect(try CohortStore(store).drugEmbeddingState() == .current)
    // Those of a table do not depend on the store's drugs.
    _ = try run().embedDrugs(DrugList(of: CohortStore(store)), into: store)
    try change(["C", "C", "C", "C"])
    #expect(try CohortStore(store).drugEmbeddingState() == .current)
  }

  @Test("drugs' embeddings that do not tell what they were made of are stale")
  func unrecordedDrugs() throws {
    _ = try run().embedDrugs(nil, into: store)
    for (member, value) in [("input", StoreValue.integer(1)), ("values", .string("")), ("panel_order", .string("x"))] {
      try StoreUpdate.update(store) { try $0.set(uns: "\(DrugEmbeddings.path)/\(member)", value) }
      #expect(throws: StoreError.self) { try CohortStore(store).requireDrugEmbeddings() }
    }
    #expect(try StoreVerification(of: store).isSound)
  }

  // MARK: Kills and parts

  /// Cancels the task once some pairs are done.
  private final class Stop: RunProgress {
    private let limit: Int
    init(after limit: Int) { self.limit = limit }
    func advance(_ step: RunStep) {
      if step.name == "perturbing", step.done >= limit { withUnsafeCurrentTask { $0?.cancel() } }
    }
    func begin(_ step: String) {}
  }

  /// A cohort of 400 samples x 2 drugs: four blocks, the last of which is short.
  private func large() throws { try ExampleModel.cohort(samples: 400).write(to: store) }

  private static func runStopped(on store: String, output: String, after limit: Int) async throws {
    let work = Task {
      let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      let run = PerturbationRun(
        ExampleModel.make(), PerturbationSettings(), progress: Stop(after: limit), logger: logger)
      _ = try run.embedPairs(.all, of: store, drugs: nil, output: output)
    }
    await #expect(throws: CancellationError.self) { try await work.value }
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  @Test("goes on where a run was stopped, to the same bytes, also where its last block is torn")
  func resume() async throws {
    try large()
    _ = try run().embedPairs(.all, of: store, drugs: nil, output: pairs)
    let whole = try bytes(pairs)
    try FileManager.default.removeItem(atPath: pairs)
    try await Self.runStopped(on: store, output: pairs, after: 2 * PerturbationMap.block)
    #expect(!FileManager.default.fileExists(atPath: pairs))
    let journal = folder.file(".cohort.pairs.h5ad.X_csg2a.journal.partial")
    try bytes(journal).dropLast(9).write(to: URL(fileURLWithPath: journal))
    #expect(try run().embedPairs(.all, of: store, drugs: nil, output: pairs).resumedPairs == PerturbationMap.block)
    #expect(try bytes(pairs) == whole)
    #expect(!FileManager.default.fileExists(atPath: journal))
  }

  @Test("does not go on from the journal of another model, nor where it is told to begin anew")
  func otherJournal() async throws {
    try large()
    try await Self.runStopped(on: store, output: pairs, after: PerturbationMap.block)
    let other = run(ExampleModel.make(seed: 2))
    #expect(try other.embedPairs(.all, of: store, drugs: nil, output: pairs).resumedPairs == 0)
    try FileManager.default.removeItem(atPath: pairs)
    try await Self.runStopped(on: store, output: pairs, after: PerturbationMap.block)
    let report = try run().embedPairs(.all, of: store, drugs: nil, output: pairs, restarts: true)
    #expect(report.resumedPairs == 0)
  }

  @Test("joins parts to the bytes of one run, whether they are fewer than blocks or more")
  func parts() throws {
    try large()
    _ = try run().embedPairs(.all, of: store, drugs: nil, output: pairs)
    for count in [1, 3, 7] {
      let parts = try (1...count).map {
        try run().embedPairs(.all, of: store, drugs: nil, output: pairs, shard: Shard($0, of: count)).output
      }
      let other = folder.file("merged.h5ad")
      let report = try PairMerge(reading: parts.reversed()).write(to: other)
      #expect(report.samples == 800 && report.parts == count)
      #expect(try bytes(other) == bytes(pairs))
    }
  }

  @Test("refuses parts that are missing, there twice, or of other pairs, and a part in place of the whole")
  func badParts() throws {
    func part(_ number: Int, seed: Int = 1) throws -> String {
      try run(ExampleModel.make(seed: seed)).embedPairs(
        .all, of: store, drugs: nil, output: folder.file("\(seed).h5ad"), shard: Shard(number, of: 2)
      ).output
    }
    let (first, second, foreign) = (try part(1), try part(2), try part(2, seed: 2))
    for (paths, cause) in [([first], "2/2 not given"), ([first, first], "as "), ([first, foreign], "another whole")] {
      let error = #expect(throws: EmbeddingError.self) { try PairMerge(reading: paths) }
      #expect(error?.kind == .part && error?.cause.contains(cause) == true)
    }
    #expect(throws: EmbeddingError.self) { try PairMerge(reading: [store, second]) }
    let error = #expect(throws: StoreError.self) { try CohortStore(first).requirePairs(of: CohortStore(store)) }
    #expect(error?.cause == "is part 1/2 of the pairs")
  }

  @Test("keeps a model in its file, and refuses another file")
  func modelFile() throws {
    let path = folder.file("model.safetensors")
    let model = ExampleModel.make(genes: ModelGenes(panelPlaces: Array((0..<LandmarkPanel.count).reversed())))
    try model.write(to: path)
    let read = try PerturbationModel(reading: path)
    #expect(read.fingerprint == model.fingerprint && read.genes == model.genes && read.kind == model.kind)
    let other = try PerturbationGolden.fixture("csg2a.safetensors")
    #expect(throws: EmbeddingError.self) { try PerturbationModel(reading: other) }
  }
}
