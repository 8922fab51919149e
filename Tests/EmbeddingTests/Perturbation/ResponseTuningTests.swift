import Cohorts
import Foundation
import Genes
import Matrices
import Networks
import Randomness
import TestSupport
import Testing

@testable import Embedding

@Suite("Tuning of a perturbation model to drug response")
struct ResponseTuningTests {
  private static let genes = 12

  private static let model: PerturbationModel = {
    var random = SeededRandom(seed: 3)
    let shape = PerturbationNetwork.Shape(genes: genes, hidden: 4, transformer: .init(width: 8, layers: 1, heads: 2))
    return PerturbationModel(
      .trained, tensors: PerturbationNetwork(shape, pool: BufferPool(), using: &random).tensors, shape: shape,
      genes: ModelGenes(panelPlaces: Array(0..<genes)), links: Array(repeating: 1, count: genes))
  }()

  /// 60 lines x 6 drugs: a line's first gene makes half of the drugs stronger and half of them weaker, so that the mean
  /// of a drug knows nothing of it.
  private static let examples: ResponseExamples = {
    var random = SeededRandom(seed: 7)
    let (samples, drugs) = (60, 6)
    let expression = (0..<samples * genes).map { _ in random.normal() }
    let molecules = (0..<drugs).map { drug in
      let nodes = 3 + drug % 2
      var features = (0..<nodes * MoleculeNodes.features).map { _ in random.uniform().rounded() }
      for node in 0..<nodes { features[node * MoleculeNodes.features] = drug < 3 ? 1 : -1 }
      return MoleculeNodes(
        features: features, adjacency: (0..<nodes * nodes).map { $0 % (nodes + 1) == 0 ? 1 : 0 },
        distances: Array(repeating: 2, count: nodes * nodes))
    }
    let pairs = (0..<samples).flatMap { sample in (0..<drugs).map { (sample: sample, drug: $0) } }
    let values = pairs.map { pair in
      Double(pair.drug) / 4 + Double(expression[pair.sample * genes]) * (pair.drug < 3 ? 1.5 : -1.5)
    }
    return ResponseExamples(
      expression: expression, samples: samples, molecules: molecules, condition: DrugCondition(), pairs: pairs,
      values: values)
  }()

  private static func tuning(
    _ weights: ResponseTuningSettings.Weights = .frozen, _ holdOut: ResponseTuningSettings.HoldOut = .samples,
    lanes: Int = 1, epochs: Int = 25
  ) throws -> ResponseTuning {
    var settings = ResponseTuningSettings()
    (settings.weights, settings.holdOut, settings.width) = (weights, holdOut, 24)
    (settings.epochs, settings.batchSize, settings.learningRate, settings.dropout) = (epochs, 32, 0.01, 0)
    return try ResponseTuning(model, examples, settings: settings, lanes: Lanes(lanes))
  }

  @Test("gradients go where the weights are free, and nowhere else")
  func gradients() throws {
    for weights in ResponseTuningSettings.Weights.allCases {
      let tuning = try Self.tuning(weights)
      let tape = Tape(lanes: Lanes(1), pool: BufferPool())
      var pass = Pass.training(SeededRandom(seed: 1))
      let loss = tuning.loss(of: Array(0..<20), &pass, on: tape)
      let own = tape.gradients(of: loss, by: tuning.network.parameters + tuning.head.parameters)
      let model = own.prefix(tuning.network.parameters.count)
      #expect(model.allSatisfy { ($0 != nil) == (weights == .free) })
      #expect(own.dropFirst(model.count).allSatisfy { $0 != nil })
    }
  }

  @Test("frozen weights stay as they were bit by bit, free ones change, and the head changes either way")
  func weights() throws {
    for weights in ResponseTuningSettings.Weights.allCases {
      let tuning = try Self.tuning(weights)
      let (model, head) = (tuning.network.tensors, tuning.head.parameters.tensors)
      try tuning.runEpoch()
      #expect((tuning.network.tensors == model) == (weights == .frozen))
      #expect(tuning.head.parameters.tensors != head)
      // The means of the model's batch normalisation are those that it came with.
      for buffer in tuning.network.buffers where !buffer.isCount {
        #expect(model[buffer.name] == tuning.network.tensors[buffer.name])
      }
    }
  }

  @Test("learns of lines what the drug's mean cannot know", arguments: ResponseTuningSettings.Weights.allCases)
  func learns(weights: ResponseTuningSettings.Weights) throws {
    let tuning = try Self.tuning(weights)
    while !tuning.isFinished { try tuning.runEpoch() }
    let test = tuning.split.test
    // Nearly all of the variance is the line's and the drug's together; half of the error is far from all there is.
    #expect(try #require(tuning.stopping.best).loss < 0.5 * tuning.trivialErrors(of: tuning.split.validation).drugMean)
    #expect(tuning.error(of: test) < 0.6 * tuning.trivialErrors(of: test).drugMean)
    #expect(tuning.trivialErrors(of: test).drugMean <= tuning.trivialErrors(of: test).mean * 1.05)
  }

  @Test("holds lines, drugs or pairs out as a whole", arguments: ResponseTuningSettings.HoldOut.allCases)
  func holdsOut(what: ResponseTuningSettings.HoldOut) throws {
    let split = try Self.tuning(.frozen, what).split
    let parts = [split.training, split.validation, split.test]
    #expect(parts.flatMap(\.self).sorted() == Array(0..<360) && parts.allSatisfy { !$0.isEmpty })
    func groups(_ rows: [Int]) -> Set<Int> {
      Set(rows.map { what == .samples ? Self.examples.pairs[$0].sample : Self.examples.pairs[$0].drug })
    }
    guard what != .pairs else { return }
    #expect(groups(split.training).isDisjoint(with: groups(split.validation + split.test)))
    #expect(groups(split.validation).isDisjoint(with: groups(split.test)))
  }

  @Test("goes on from a kept state to the same bits, on one lane and on two")
  func resumes() throws {
    for weights in ResponseTuningSettings.Weights.allCases {
      let whole = try Self.tuning(weights, lanes: 2)
      for _ in 0..<3 { try whole.runEpoch() }
      let first = try Self.tuning(weights)
      try first.runEpoch()
      let state = try first.state()
      let second = try Self.tuning(weights)
      try second.resume(from: state)
      for _ in 0..<2 { try second.runEpoch() }
      #expect(second.curve == whole.curve && second.tensors == whole.tensors && second.best == whole.best)
    }
    let state = try Self.tuning(.free).state()
    let error = #expect(throws: EmbeddingError.self) { try Self.tuning(.frozen).resume(from: state) }
    #expect(error?.kind == .checkpoint)
  }

  @Test("refuses a store whose responses are no ln IC50")
  func foreign() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.h5ad")
    try ExampleModel.cohort().write(to: path)
    let cohort = try PerturbationCohort(CohortStore(path), layer: .x, takesAnyUnit: false)
    let error = #expect(throws: EmbeddingError.self) {
      try ResponseExamples(cohort, ExampleModel.make(), drugs: [], condition: DrugCondition())
    }
    #expect(error?.kind == .pairs && error?.place?.object == "/uns/responses")
  }
}
