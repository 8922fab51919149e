import Matrices
import Randomness
import Testing

@testable import Networks

/// Linear, BatchNorm, ReLU and binary cross entropy together: the figures of a small response predictor in PyTorch 2.13,
/// three inputs of 12 pairs, each brought to 16 numbers, and a head of 48-16-8-1. Its Dropout is 0.
@Suite("A predictor against PyTorch")
struct PredictorGoldenTests {
  private struct Predictor {
    let fixture: Fixture
    let lanes = Lanes(2)
    let tape: Tape
    private let branches: [(input: String, linear: (Parameter, Parameter), norm: BatchNorm)]
    private let head: (linear: (Parameter, Parameter), norm: BatchNorm)
    private let hidden: (Parameter, Parameter)
    private let last: (Parameter, Parameter)

    init() throws {
      let fixture = try Fixture("response_predictor")
      func linear(_ name: String) throws -> (Parameter, Parameter) {
        (
          try fixture.parameter("\(name).weight", under: "initial"),
          try fixture.parameter("\(name).bias", under: "initial")
        )
      }
      func norm(_ name: String) throws -> BatchNorm {
        let norm = BatchNorm(name, width: 16, pool: fixture.pool)
        for parameter in norm.parameters { parameter.value.fill(from: try fixture.tensor("initial/\(parameter.name)")) }
        for buffer in norm.buffers { buffer.value.fill(from: try fixture.tensor("initial/\(buffer.name)")) }
        return norm
      }
      branches = try [("perturbation", "emb_fc"), ("rank", "genef_fc"), ("compound", "chemical_fc")].map {
        ("inputs/\($0)", try linear("predictor.\($1).0"), try norm("predictor.\($1).1"))
      }
      head = (try linear("predictor.pred_head.0"), try norm("predictor.pred_head.1"))
      hidden = try linear("predictor.pred_head.4")
      last = try linear("predictor.pred_head.7")
      self.fixture = fixture
      tape = Tape(lanes: lanes, pool: fixture.pool)
    }

    var parameters: [Parameter] {
      branches.flatMap { [$0.linear.0, $0.linear.1] + $0.norm.parameters } + [head.linear.0, head.linear.1]
        + head.norm.parameters + [hidden.0, hidden.1, last.0, last.1]
    }

    var buffers: [Buffer] { branches.flatMap(\.norm.buffers) + head.norm.buffers }

    func logits(_ pass: Pass) throws -> Variable {
      func linear(_ x: Variable, _ parameters: (Parameter, Parameter)) -> Variable {
        x.linear(tape.variable(parameters.0), tape.variable(parameters.1))
      }
      let parts = try branches.map { branch in
        branch.norm(linear(tape.constant(try fixture.tensor(branch.input)), branch.linear), pass).rectified()
      }
      let top = head.norm(linear(Variable.concatenated(parts, axis: 1), head.linear), pass).rectified()
      return linear(linear(top, hidden).rectified(), last)
    }

    func loss(_ logits: Variable) throws -> Variable {
      logits.reshaped([12]).binaryCrossEntropy(try fixture.tensor("inputs/label"))
    }
  }

  private let training = Pass.training(SeededRandom(seed: 0))

  @Test("gives its logits, loss and gradients")
  func gradients() throws {
    let predictor = try Predictor()
    let logits = try predictor.logits(training)
    #expect(logits.value.values.distance(to: try predictor.fixture.values("train_logits")) <= 1e-5)
    let loss = try predictor.loss(logits)
    #expect([loss.value.scalar].distance(to: try predictor.fixture.values("loss")) <= 1e-5)
    // A bias before a BatchNorm has no effect: its gradient is nothing but rounding, here and there, and is held
    // against the gradients of size 0.1 beside it.
    for (parameter, gradient) in zip(
      predictor.parameters, predictor.tape.gradients(of: loss, by: predictor.parameters))
    {
      let gradient = try #require(gradient, "\(parameter.name)")
      let expected = try predictor.fixture.values("gradients/\(parameter.name)")
      let isWithoutEffect = parameter.name.hasSuffix(".0.bias")
      let distance =
        isWithoutEffect
        ? zip(gradient.values, expected).map { abs($0 - $1) }.max() ?? 0 : gradient.values.distance(to: expected)
      #expect(distance <= (isWithoutEffect ? 1e-7 : 1e-4), "\(parameter.name)")
    }
  }

  /// The step of Adam is its learning rate whatever the gradient's size, so a bias without effect goes where rounding
  /// sends it, 1e-3 a step, here and in PyTorch, and a tenth of that into the running mean. For evaluation both are taken
  /// over.
  @Test("gives its parameters, running statistics and logits in evaluation after three steps of Adam")
  func threeSteps() throws {
    let predictor = try Predictor()
    var adam = Adam(predictor.parameters, pool: predictor.fixture.pool)
    for _ in 0..<3 {
      let loss = try predictor.loss(try predictor.logits(training))
      adam.step(
        predictor.tape.gradients(of: loss, by: adam.parameters), learningRate: 1e-3, lanes: predictor.lanes)
    }
    let state = predictor.parameters.map { ($0.name, $0.value) } + predictor.buffers.map { ($0.name, $0.value) }
    for (name, value) in state {
      let expected = try predictor.fixture.tensor("after_3_adam_steps/\(name)")
      let worst = zip(value.values, expected.values).map { abs($0 - $1) }.max() ?? 0
      if name.hasSuffix(".0.bias") {
        #expect(worst <= 6e-3, "\(name)")
        value.fill(from: expected)
      } else if name.hasSuffix("running_mean") {
        // The second and third batch saw biases that were 2e-3 and 4e-3 apart at most.
        #expect(worst <= 0.1 * (0.9 * 2e-3 + 4e-3), "\(name)")
        value.fill(from: expected)
      } else {
        #expect(worst <= 1e-5, "\(name)")
      }
    }
    let logits = try predictor.logits(.evaluation)
    #expect(logits.value.values.distance(to: try predictor.fixture.values("eval_logits_after_3_steps")) <= 1e-5)
  }
}
