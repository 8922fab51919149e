import Cohorts
import Foundation
import Genes
import Logging
import Molecules
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
    guard case .matrix(let values) = try CohortStore(store).value(at: "\(PerturbationRun.drugMember)/values") else {
      Issue.record("no matrix of drugs")
      return
    }
    let file = folder.file("drugs.h5ad")
    _ = try run().embedDrugs(DrugList(of: CohortStore(store)), output: file)
    #expect(try StoreVerification(of: file).isSound)
    #expect(try CohortStore(file).obsm(PairStore.compound) == values)
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
