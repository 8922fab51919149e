import Formats
import Matrices
import Statistics
import TestSupport
import Testing

@testable import Prediction

@Suite("Training a predictor")
struct PredictorTrainingTests {
  private static func training(
    _ data: PredictorData = ExampleData.make(), _ settings: PredictorSettings = ExampleData.settings(), fold: Int = 0,
    lanes: Int = 1
  ) throws -> PredictorTraining {
    let plan = try FoldPlan(data.pairs, rule: .pair, folds: settings.folds, seed: settings.seed)
    return PredictorTraining(data, parts: plan.parts(of: fold), fold: fold, settings: settings, lanes: Lanes(lanes))
  }

  private static func finish(_ training: PredictorTraining) throws -> PredictorTraining {
    while !training.isFinished { try training.runEpoch() }
    return training
  }

  /// What a training comes to that nobody disturbs, of each head: made once, as others are held against it.
  private struct Whole: Sendable {
    let best: [String: Safetensor]
    let tensors: [String: Safetensor]
    let curve: [PredictorEpoch]

    static let paper = Result { try Whole(.paper) }
    static let reference = Result { try Whole(.reference) }

    static func of(_ head: PredictorHead) throws -> Whole {
      switch head {
      case .paper: try paper.get()
      case .reference: try reference.get()
      }
    }

    private init(_ head: PredictorHead) throws {
      let settings = ExampleData.settings(head)
      let training = try PredictorTrainingTests.finish(PredictorTrainingTests.training(ExampleData.make(), settings))
      (best, tensors, curve) = (training.best, training.predictor.tensors, training.curve)
    }
  }

  @Test("learns labels that can be told from sample and drug", arguments: PredictorHead.allCases)
  func learns(head: PredictorHead) throws {
    var settings = ExampleData.settings(head)
    (settings.epochs, settings.patience, settings.learningRate) = (12, 12, 0.003)
    let training = try Self.finish(Self.training(ExampleData.make(), settings))
    let (first, best) = (try #require(training.curve.first), training.curve.map(\.stopping).min() ?? 1)
    #expect(try #require(training.curve.last).training < first.training / 2)
    // 0.69 is the loss of not knowing.
    #expect(best < 0.4)
    #expect(training.bestEpoch > 1)
  }

  @Test("gives the same bits on one lane and on two", arguments: PredictorHead.allCases)
  func lanes(head: PredictorHead) throws {
    let settings = ExampleData.settings(head)
    let one = try Whole.of(head)
    let two = try Self.finish(Self.training(ExampleData.make(), settings, lanes: 2))
    #expect(one.best == two.best)
    #expect(one.curve == two.curve)
  }

  @Test("goes on from a state to the same bits", arguments: PredictorHead.allCases, [1, 3])
  func resumes(head: PredictorHead, epochs: Int) throws {
    let folder = try TemporaryFolder()
    let settings = ExampleData.settings(head)
    let whole = try Whole.of(head)
    let begun = try Self.training(ExampleData.make(), settings)
    for _ in 0..<epochs { try begun.runEpoch() }
    try begun.state(key: "k").write(to: folder.file("state"))
    let resumed = try Self.training(ExampleData.make(), settings)
    try resumed.resume(from: SafetensorsFile(reading: folder.file("state")), key: "k")
    #expect(resumed.curve.count == epochs)
    _ = try Self.finish(resumed)
    #expect(resumed.best == whole.best)
    #expect(resumed.predictor.tensors == whole.tensors)
    #expect(resumed.curve == whole.curve)
    #expect(throws: PredictionError.self) {
      try Self.training(ExampleData.make(), settings, fold: 1).resume(
        from: SafetensorsFile(reading: folder.file("state")), key: "k")
    }
    #expect(throws: PredictionError.self) {
      try Self.training(ExampleData.make(), settings).resume(
        from: SafetensorsFile(reading: folder.file("state")), key: "other")
    }
  }

  @Test("draws other numbers for each fold and each seed")
  func seeds() throws {
    var settings = ExampleData.settings()
    let weights = try [0, 1].map { try Self.training(ExampleData.make(), settings, fold: $0).predictor.tensors }
    #expect(weights[0] != weights[1])
    settings.seed = 8
    #expect(try Self.training(ExampleData.make(), settings).predictor.tensors != weights[0])
  }

  @Test("ends after as many epochs without a better loss as the settings allow, and keeps the best")
  func stops() throws {
    var settings = ExampleData.settings()
    (settings.epochs, settings.patience, settings.learningRate) = (100, 2, 0.05)
    let training = try Self.finish(Self.training(ExampleData.make(), settings))
    #expect(training.curve.count == training.bestEpoch + 2)
    #expect(training.curve.map(\.stopping).min() == training.curve[training.bestEpoch - 1].stopping)
  }

  @Test("leaves a pair out of an epoch that would be a batch of its own")
  func loneRest() throws {
    var settings = ExampleData.settings()
    let count = try Self.training().parts.training.count
    settings.batchSize = count - 1
    let training = try Self.training(ExampleData.make(), settings)
    try training.runEpoch()
    #expect(training.adam.steps == 1)
  }

  @Test("says which fold diverged")
  func diverges() throws {
    var data = ExampleData.make()
    data = PredictorData(
      pairs: data.pairs, perturbed: data.perturbed.map { $0.map { _ in .infinity } }, ranks: data.ranks,
      compounds: data.compounds, genes: data.genes, rank: data.rank)
    let error = #expect(throws: PredictionError.self) { try Self.training(data).runEpoch() }
    #expect(error?.kind == .diverged)
  }

  @Test("trains without a branch that has no input", arguments: [(true, false), (false, true), (false, false)])
  func ablation(hasPerturbed: Bool, hasRanks: Bool) throws {
    let data = ExampleData.make(hasPerturbed: hasPerturbed, hasRanks: hasRanks)
    let training = try Self.finish(Self.training(data))
    #expect(training.predictor.shape.branches.count == 1 + (hasPerturbed ? 1 : 0) + (hasRanks ? 1 : 0))
  }

  @Test("counts loss and measures")
  func score() throws {
    let score = try PredictorScore(logits: [2, -1, 0, 3], labels: [1, 0, 1, 0])
    // log(1 + e^-2), log(1 + e^-1), log 2, log(1 + e^3) by the definition, in Python.
    let expected = (0.12692801104297263 + 0.31326168751822286 + 0.6931471805599453 + 3.048587351573742) / 4
    // Four sums in double precision.
    #expect(abs(score.loss - expected) < 1e-14)
    #expect(score.metrics[.accuracy] == .estimated(0.5) && score.positives == 2 && score.pairs == 4)
  }
}
