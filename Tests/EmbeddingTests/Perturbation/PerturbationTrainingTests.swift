import Formats
import Foundation
import Genes
import Logging
import Matrices
import Networks
import Randomness
import TestSupport
import Testing

@testable import Embedding

@Suite("Training of the perturbation network")
struct PerturbationTrainingTests {
  private static let genes = 12

  /// Twelve random molecules whose first feature decides the signature, three rows each.
  private static func examples(untreated: Bool) -> PerturbationExamples {
    var random = SeededRandom(seed: 5)
    var molecules: [MoleculeNodes] = []
    var treated: [Float] = []
    var drugs: [Int] = []
    for drug in 0..<12 {
      let nodes = 4 + drug % 3
      var features = (0..<nodes * MoleculeNodes.features).map { _ in random.uniform().rounded() }
      let kind: Float = drug % 2 == 0 ? 1 : 0
      for node in 0..<nodes { features[node * MoleculeNodes.features] = kind }
      molecules.append(
        MoleculeNodes(
          features: features, adjacency: (0..<nodes * nodes).map { $0 % (nodes + 1) == 0 ? 1 : 0 },
          distances: Array(repeating: 2, count: nodes * nodes)))
      for _ in 0..<3 {
        drugs.append(drug)
        treated += (0..<genes).map { ($0 < 6 ? 2 * kind - 1 : 1 - 2 * kind) + 0.1 * random.normal() }
      }
    }
    return PerturbationExamples(
      untreated: untreated ? treated.map { $0 * 0 + 1 } : nil, treated: treated,
      conditions: Array(repeating: DrugCondition(), count: drugs.count), drugs: drugs, molecules: molecules)
  }

  private static var settings: PerturbationTrainingSettings {
    var settings = PerturbationTrainingSettings()
    (settings.hidden, settings.transformer) = (4, .init(width: 16, layers: 1, heads: 2))
    (settings.epochs, settings.learningRate, settings.batchSize) = (60, 0.01, 9)
    return settings
  }

  private static func training(lanes: Int = 1, untreated: Bool = false) throws -> PerturbationTraining {
    try PerturbationTraining(
      examples(untreated: untreated), settings: settings, links: Array(repeating: 1, count: genes), lanes: Lanes(lanes))
  }

  @Test("holds out whole drugs", arguments: [false, true])
  func heldOut(untreated: Bool) throws {
    let training = try Self.training(untreated: untreated)
    #expect(training.heldOutRows.count == 6 && training.trainingRows.count == 30)
    let drugs = Self.examples(untreated: untreated).drugs
    #expect(Set(training.heldOutRows.map { drugs[$0] }).isDisjoint(with: training.trainingRows.map { drugs[$0] }))
  }

  @Test("learns what the mean change cannot know", arguments: [false, true])
  func learns(untreated: Bool) throws {
    let training = try Self.training(untreated: untreated)
    while !training.isFinished { try training.runEpoch() }
    let best = try #require(training.stopping.best).loss
    // The signature is one of two by a feature of every atom: half the error of the mean is far from all there is.
    #expect(best < 0.5 * training.trivialLosses.meanChange)
  }

  @Test("goes on from a kept state to the same bits, on one lane and on two")
  func resumes() throws {
    let whole = try Self.training(lanes: 2)
    for _ in 0..<4 { try whole.runEpoch() }
    let first = try Self.training()
    for _ in 0..<2 { try first.runEpoch() }
    let state = try first.state()
    let second = try Self.training()
    try second.resume(from: state)
    for _ in 0..<2 { try second.runEpoch() }
    #expect(second.curve == whole.curve)
    #expect(second.network.tensors == whole.network.tensors)
    #expect(second.best == whole.best)
  }

  @Test("refuses the state of another training")
  func otherState() throws {
    let training = try Self.training()
    try training.runEpoch()
    let other = try Self.training(untreated: true)
    #expect(throws: EmbeddingError.self) { try other.resume(from: training.state()) }
  }

  @Test("trains on tables of the published layout, and writes a model that says what it is")
  func tables() throws {
    let folder = try TemporaryFolder()
    func file(_ name: String, _ text: String) throws -> String {
      let path = folder.file(name)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }
    let symbols = LandmarkPanel.shared.landmarks.prefix(3).map(\.symbol).joined(separator: ",")
    let smiles = ["CCO", "OCC", "CC(=O)O", "c1ccccc1", "C1CC", "CCN"]
    let conditions = try file(
      "conditions.csv", "dose,time,canonical_smiles\n" + smiles.map { "10.0,6,\($0)\n" }.joined())
    let treated = try file("treated.csv", symbols + "\n" + (0..<6).map { "\($0),1,-1\n" }.joined())
    let examples = try PerturbationExamples(
      treated: treated, untreated: treated, conditions: conditions, conformerSeed: 1)
    // Ethanol is written in two ways, and one SMILES is none.
    #expect(examples.molecules.count == 4 && examples.count == 5)
    #expect(examples.skipped == ["the SMILES gives no molecule": 1])
    #expect(examples.conditions.first == DrugCondition(dose: 10, hours: 6))
    var settings = Self.settings
    (settings.epochs, settings.heldOut) = (1, 0.25)
    let run = PerturbationTrainingRun(
      settings, output: folder.file("model.safetensors"), lanes: 1,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let report = try run.run(examples, links: GeneLinks(none: LandmarkPanel.count).counts)
    #expect(report.kind == "therapi-trained" && report.drugs == 4)
    let model = try PerturbationModel(reading: folder.file("model.safetensors"))
    #expect(model.fingerprint == report.model && model.notes["what"]?.contains("not CSG2A") == true)
    let short = try file("short.csv", symbols + "\n1,2,3\n")
    let error = #expect(throws: EmbeddingError.self) {
      try PerturbationExamples(treated: short, untreated: nil, conditions: conditions, conformerSeed: 1)
    }
    #expect(error?.kind == .training)
  }
}
