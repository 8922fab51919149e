import Matrices
import Networks
import Randomness
import Testing

@testable import Prediction

@Suite("The response predictor")
struct ResponsePredictorTests {
  private static func training() -> Pass { .training(SeededRandom(seed: 0)) }

  /// Sums of a few dozen terms: 1e-5 of the largest number is 80 roundings.
  @Test("gives PyTorch's logits, loss and gradients", arguments: [1, 2])
  func gradients(lanes: Int) throws {
    let fixture = try PredictorFixture()
    let tape = Tape(lanes: Lanes(lanes), pool: fixture.pool)
    var pass = Self.training()
    let logits = fixture.predictor(try fixture.inputs(), &pass, on: tape)
    #expect(logits.value.values.distance(to: try fixture.values("train_logits")) <= 1e-5)
    let loss = logits.binaryCrossEntropy(try fixture.tensor("inputs/label"))
    #expect([loss.value.scalar].distance(to: try fixture.values("loss")) <= 1e-5)
    let gradients = tape.gradients(of: loss, by: fixture.predictor.parameters)
    for (parameter, gradient) in zip(fixture.predictor.parameters, gradients) {
      let gradient = try #require(gradient, "\(parameter.name)").values
      let expected = try fixture.values("gradients/\(parameter.name)")
      // A bias before a BatchNorm has no effect, and its gradient is rounding: held against those of size 0.1 beside it.
      let distance =
        parameter.name.hasSuffix(".0.bias")
        ? zip(gradient, expected).map { abs($0 - $1) }.max() ?? 0 : gradient.distance(to: expected)
      #expect(distance <= (parameter.name.hasSuffix(".0.bias") ? 1e-7 : 1e-4), "\(parameter.name)")
    }
  }

  /// Adam steps by its learning rate whatever the gradient's size, so a bias without effect goes where rounding sends
  /// it, 1e-3 a step here and in PyTorch, and a tenth of that into the running mean.
  @Test("has PyTorch's parameters, running statistics and logits after three steps of Adam")
  func threeSteps() throws {
    let fixture = try PredictorFixture()
    let lanes = Lanes(2)
    var adam = Adam(fixture.predictor.parameters, pool: fixture.pool)
    for _ in 0..<3 {
      let tape = Tape(lanes: lanes, pool: fixture.pool)
      var pass = Self.training()
      let loss = fixture.predictor(try fixture.inputs(), &pass, on: tape).binaryCrossEntropy(
        try fixture.tensor("inputs/label"))
      adam.step(tape.gradients(of: loss, by: adam.parameters), learningRate: 1e-3, lanes: lanes)
    }
    for (name, value) in fixture.state {
      let expected = try fixture.values("after_3_adam_steps/\(name)")
      let worst = zip(value.values, expected).map { abs($0 - $1) }.max() ?? 0
      let isWithoutEffect = name.hasSuffix(".0.bias")
      let isMean = name.hasSuffix("running_mean")
      // The second and third batch saw biases that were 2e-3 and 4e-3 apart at most.
      #expect(worst <= (isWithoutEffect ? 6e-3 : isMean ? 0.1 * (0.9 * 2e-3 + 4e-3) : 1e-5), "\(name)")
      if isWithoutEffect || isMean { value.fill(expected) }
    }
    var pass = Pass.evaluation
    let tape = Tape(isRecording: false, lanes: lanes, pool: fixture.pool)
    let logits = fixture.predictor(try fixture.inputs(), &pass, on: tape)
    #expect(logits.value.values.distance(to: try fixture.values("eval_logits_after_3_steps")) <= 1e-5)
  }

  /// A sum over pairs is taken in another order, over its drugs first: some roundings to 2^-24.
  @Test("is the same whether a drug's row stands once or with each of its pairs")
  func gathersRows() throws {
    let fixture = try PredictorFixture()
    let drugs = (0..<12).map { [2, 0, 1, 2][$0 % 4] }
    let compounds = try fixture.tensor("inputs/compound").rows(0..<3)
    let repeated = Tensor(
      [12, compounds.columns], drugs.flatMap { compounds.rows($0..<$0 + 1).values }, pool: fixture.pool)
    func run(_ input: ResponsePredictor.Input) throws -> (logits: [Float], gradients: [[Float]]) {
      let tape = Tape(lanes: Lanes(1), pool: fixture.pool)
      var (pass, inputs) = (Self.training(), try fixture.inputs())
      inputs[.drug] = input
      let logits = fixture.predictor(inputs, &pass, on: tape)
      let loss = logits.binaryCrossEntropy(try fixture.tensor("inputs/label"))
      let weights = fixture.predictor.branches.map(\.linear.weight)
      return (logits.value.values, tape.gradients(of: loss, by: weights).map { $0?.values ?? [] })
    }
    let (once, each) = (try run(.init(compounds, rows: drugs)), try run(.init(repeated)))
    #expect(once.logits.distance(to: each.logits) <= 1e-6)
    for (one, other) in zip(once.gradients, each.gradients) { #expect(one.distance(to: other) <= 1e-5) }
  }

  @Test("leaves out a branch with its columns", arguments: [PredictorBranch.rank, .perturbation])
  func ablation(absent: PredictorBranch) throws {
    let fixture = try PredictorFixture()
    var shape = fixture.predictor.shape
    shape.branches.removeAll { $0 == absent }
    var random = SeededRandom(seed: 3)
    let predictor = ResponsePredictor(shape, dropout: 0.1, pool: fixture.pool, using: &random)
    #expect(predictor.head.layers[0].weight.value.shape == [16, 32])
    #expect(!predictor.parameters.contains { $0.name.hasPrefix(absent.layers) })
    var (pass, inputs) = (Pass.training(random), try fixture.inputs())
    inputs[absent] = nil
    let logits = predictor(inputs, &pass, on: Tape(lanes: Lanes(1), pool: fixture.pool))
    #expect(logits.shape == [12])
    #expect(logits.value.values.allSatisfy { $0.isFinite })
  }

  @Test("has the paper's head of one hidden layer")
  func paperHead() {
    var random = SeededRandom(seed: 3)
    let predictor = ResponsePredictor(.init(head: .paper), pool: BufferPool(), using: &random)
    let shapes = Dictionary(uniqueKeysWithValues: predictor.head.parameters.map { ($0.name, $0.value.shape) })
    #expect(
      shapes == [
        "predictor.pred_head.0.weight": [128, 768], "predictor.pred_head.0.bias": [128],
        "predictor.pred_head.2.weight": [1, 128], "predictor.pred_head.2.bias": [1],
      ])
    #expect(predictor.buffers.count == 9)
  }
}
