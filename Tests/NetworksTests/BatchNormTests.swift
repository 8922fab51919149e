import Matrices
import Randomness
import Testing

@testable import Networks

@Suite("BatchNorm")
struct BatchNormTests {
  /// Means of up to seven rows: a handful of roundings to 2^-24 of numbers below 4.
  @Test("keeps PyTorch's running statistics over three batches, and uses them in evaluation", arguments: [1, 2])
  func golden(lanes: Int) throws {
    let fixture = try Fixture("operations")
    let norm = BatchNorm("norm", width: 9, pool: fixture.pool)
    norm.weight.value.fill(from: try fixture.tensor("batchNormState/weight"))
    norm.bias.value.fill(from: try fixture.tensor("batchNormState/bias"))
    let tape = Tape(lanes: Lanes(lanes), pool: fixture.pool)
    for step in 0..<3 {
      let out = norm(
        tape.constant(try fixture.tensor("batchNormState/x\(step)")), .training(SeededRandom(seed: 1)))
      #expect(out.value.values.distance(to: try fixture.values("batchNormState/out\(step)")) <= 1e-5)
    }
    #expect(norm.runningMean.value.values.distance(to: try fixture.values("batchNormState/running_mean")) <= 1e-6)
    #expect(norm.runningVariance.value.values.distance(to: try fixture.values("batchNormState/running_var")) <= 1e-6)
    #expect(norm.batches.value.scalar == 3)

    tape.reset()
    let x = tape.variable(try fixture.tensor("batchNormState/evaluation/x"))
    let out = norm(x, .evaluation)
    #expect(out.value.values.distance(to: try fixture.values("batchNormState/evaluation/out")) <= 1e-5)
    let sum = (out * tape.constant(try fixture.tensor("batchNormState/evaluation/cotangent"))).sum()
    let leaves = [x, tape.variable(norm.weight), tape.variable(norm.bias)]
    for (gradient, name) in zip(tape.gradients(of: sum, by: leaves), ["byX", "byWeight", "byBias"]) {
      let expected = try fixture.values("batchNormState/evaluation/\(name)")
      #expect(try #require(gradient).value.values.distance(to: expected) <= 1e-5, "\(name)")
    }
    #expect(norm.batches.value.scalar == 3, "evaluation changes nothing")
  }

  @Test("names parameters and buffers as PyTorch does")
  func names() {
    let norm = BatchNorm("head.1", width: 3, pool: BufferPool())
    #expect(norm.parameters.map(\.name) == ["head.1.weight", "head.1.bias"])
    #expect(
      norm.buffers.map(\.name) == ["head.1.running_mean", "head.1.running_var", "head.1.num_batches_tracked"])
    #expect(norm.buffers.map(\.isCount) == [false, false, true])
    #expect(norm.buffers.map { $0.value.values } == [[0, 0, 0], [1, 1, 1], [0]])
  }

  @Test("gives a column of equal numbers the shift, not a division by zero")
  func constantColumn() throws {
    let pool = BufferPool()
    let norm = BatchNorm("norm", width: 2, pool: pool)
    let tape = Tape(lanes: Lanes(1), pool: pool)
    let x = tape.variable(Tensor([3, 2], [5, 1, 5, 2, 5, 3], pool: pool))
    let out = norm(x, .training(SeededRandom(seed: 1)))
    #expect([0, 2, 4].map { out.value.values[$0] } == [0, 0, 0])
    #expect(norm.runningVariance.value.values[0] == 0.9)
    let gradient = try #require(tape.gradients(of: out.squared().sum(), by: [x])[0])
    #expect(gradient.value.values.allSatisfy { $0.isFinite })
  }

  @Test("refuses a batch of one row in training, whose variance is not known")
  func oneRow() async {
    await #expect(processExitsWith: .failure) {
      let pool = BufferPool()
      let tape = Tape(lanes: Lanes(1), pool: pool)
      let x = tape.constant(Tensor([1, 2], repeating: 1, pool: pool))
      _ = BatchNorm("norm", width: 2, pool: pool)(x, .training(SeededRandom(seed: 1)))
    }
  }
}
