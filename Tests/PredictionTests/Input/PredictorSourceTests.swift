import Cohorts
import Embedding
import Genes
import Matrices
import Networks
import TestSupport
import Testing

@testable import Prediction

@Suite("Training data of a store")
struct PredictorSourceTests {
  private let folder: TemporaryFolder
  private let store: String

  init() throws {
    folder = try TemporaryFolder()
    store = folder.file("lines.h5ad")
    try ExampleSource.write(to: store)
  }

  private static func settings(_ without: PredictorBranch...) -> PredictorSettings {
    var settings = PredictorPreset.paper.settings
    settings.without = without
    return settings
  }

  private func source(_ settings: PredictorSettings = settings(), lanes: Int = 1) throws -> PredictorSource {
    try PredictorSource(store, model: ExampleSource.model, settings: settings, lanes: Lanes(lanes))
  }

  @Test("has a row a pair in the order of the responses, and counts the pairs that it leaves out")
  func pairs() throws {
    let pairs = try source().data.pairs
    #expect(pairs.drugs == ["aspirin", "ethanol"])
    #expect(pairs.gaps == [.unknownSample: 1, .unknownDrug: 6, .unlabelled: 1])
    #expect(pairs.sampleOf == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5])
    #expect(pairs.labels == [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    #expect(pairs.positives == 6)
  }

  @Test("gives each branch its numbers: those of the model, of the sample and of the drug")
  func values() throws {
    let source = try source()
    let cohort = try PerturbationCohort(CohortStore(store), layer: .x, takesAnyUnit: false)
    let map = try ExampleSource.model.map(lanes: Lanes(1))
    let rows = map.perturbed(
      map.samples(cohort.expression), map.drugs(ExampleSource.compounds),
      pairs: zip(source.data.pairs.sampleOf, source.data.pairs.drugOf).map { (sample: $0, drug: $1) })
    #expect(source.data.perturbed == rows.values)
    #expect(source.data.compounds == ExampleSource.compounds)
    #expect(source.data.ranks == ExampleSource.ranks.values && source.data.rank == 4)
    #expect(source.rankModel == ExampleSource.rankModel)
    #expect(source.perturbationModel == ExampleSource.model.fingerprint)
    #expect(source.geneOrder == LandmarkPanel.shared.orderHash)
  }

  @Test("is the same on one lane and on two")
  func lanes() throws { #expect(try source(lanes: 2).data.fingerprint == source(lanes: 1).data.fingerprint) }

  @Test("leaves out what a branch that is left out would need")
  func without() throws {
    try StoreUpdate.update(store) { try $0.remove("obsm/X_geneformer") }
    #expect(throws: StoreError.self) { try source() }
    let data = try source(Self.settings(.rank)).data
    #expect(data.ranks == nil && data.perturbed != nil && data.absent == [.rank])
    let bare = try PredictorSource(
      store, model: nil, settings: Self.settings(.perturbation, .rank), lanes: Lanes(1))
    #expect(bare.data.perturbed == nil && bare.perturbationModel == ExampleSource.model.fingerprint)
  }

  @Test("leaves out samples without a tissue only where folds go by tissues")
  func tissues() throws {
    var settings = Self.settings()
    settings.split = .tissue
    #expect(try source(settings).data.pairs.gaps[.unknownTissue] == 2)
  }

  @Test("refuses rank embeddings of another matrix, and drugs of another model or molecule")
  func stale() throws {
    let other = ExampleSource.makeModel(seed: 2)
    let error = #expect(throws: PredictionError.self) {
      try PredictorSource(store, model: other, settings: Self.settings(), lanes: Lanes(1))
    }
    #expect(error?.kind == .model)
    try StoreUpdate.update(store) { update in
      var drugs = Frame(indexName: "drug", index: ["aspirin"])
      drugs.set("smiles", .strings(["CCC"]))
      try update.set(uns: "drugs", .frame(drugs))
    }
    #expect(throws: PredictionError.self) { try source() }
    try ExampleSource.write(to: store, rankInput: "0")
    #expect(throws: StoreError.self) { try source() }
  }

  @Test("refuses responses that say nothing: none, of one label, or a pair twice")
  func badResponses() throws {
    func refuses(_ pairs: [(String, String, Int32)]) throws {
      try StoreUpdate.update(store) { try $0.set(uns: "responses", .frame(ExampleSource.responses(pairs))) }
      let error = #expect(throws: PredictionError.self) { try source() }
      #expect(error?.kind == .pairs)
    }
    try refuses([("S0", "unknown", 1)])
    try refuses([("S0", "aspirin", 1), ("S1", "aspirin", 1)])
    try refuses([("S0", "aspirin", 1), ("S1", "aspirin", 0), ("S0", "aspirin", 0)])
    try StoreUpdate.update(store) { try $0.remove("uns/responses") }
    let error = #expect(throws: PredictionError.self) { try source() }
    #expect(error?.kind == .foreign)
  }
}
