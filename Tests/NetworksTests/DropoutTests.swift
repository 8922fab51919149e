import Matrices
import Randomness
import Testing

@testable import Networks

@Suite("Dropout")
struct DropoutTests {
  private let pool = BufferPool()

  private func run(_ rate: Float, shape: [Int], lanes: Int = 1, _ pass: inout Pass) -> [Float] {
    let tape = Tape(lanes: Lanes(lanes), pool: pool)
    return Dropout(rate: rate)(tape.constant(Tensor(shape, repeating: 3, pool: pool)), &pass).value.values
  }

  @Test("drops the share it is told to, and enlarges the rest", arguments: [0.1, 0.5, 0.9] as [Float])
  func share(rate: Float) {
    var pass = Pass.training(SeededRandom(seed: 1))
    let values = run(rate, shape: [101, 99], &pass)
    let dropped = values.count { $0 == 0 }
    // Five deviations of a binomial number.
    let deviation = (9_999 * rate * (1 - rate)).squareRoot()
    #expect(abs(Float(dropped) - 9_999 * rate) < 5 * deviation)
    #expect(values.allSatisfy { $0 == 0 || $0 == 3 * (1 / (1 - rate)) })
  }

  @Test("does nothing in evaluation or at the rate 0, and draws nothing then")
  func nothing() {
    var (training, evaluation) = (Pass.training(SeededRandom(seed: 1)), Pass.evaluation)
    #expect(run(0, shape: [9], &training) == [Float](repeating: 3, count: 9))
    #expect(training == .training(SeededRandom(seed: 1)))
    #expect(run(0.5, shape: [9], &evaluation) == [Float](repeating: 3, count: 9))
    #expect(evaluation == .evaluation)
  }

  @Test("drops all at the rate 1")
  func all() {
    var pass = Pass.training(SeededRandom(seed: 1))
    #expect(run(1, shape: [9], &pass) == [Float](repeating: 0, count: 9))
  }

  @Test("drops the same for one seed, on one lane or two, and others in the next pass")
  func seeds() {
    var (one, two, other) = (
      Pass.training(SeededRandom(seed: 1)), Pass.training(SeededRandom(seed: 1)), Pass.training(SeededRandom(seed: 2))
    )
    // As many numbers as are worth two lanes.
    let first = run(0.3, shape: [200, 101], lanes: 1, &one)
    #expect(first == run(0.3, shape: [200, 101], lanes: 2, &two))
    #expect(one == two)
    #expect(first != run(0.3, shape: [200, 101], lanes: 2, &two))
    #expect(first != run(0.3, shape: [200, 101], lanes: 2, &other))
  }

  @Test("lets the gradient through where the number went through")
  func gradient() throws {
    let tape = Tape(lanes: Lanes(1), pool: pool)
    let x = tape.variable(Tensor([40], repeating: 2, pool: pool))
    var pass = Pass.training(SeededRandom(seed: 3))
    let out = Dropout(rate: 0.25)(x, &pass)
    let gradient = try #require(tape.gradients(of: out.sum(), by: [x])[0])
    #expect(gradient.value.values == out.value.values.map { $0 / 2 })
  }

  @Test("behind a ReLU in one go is the same as one after the other, with the same gradient", arguments: [1, 2])
  func rectified(lanes: Int) throws {
    var generator = SeededRandom(seed: 5)
    // Numbers on both sides of 0 and at it; as many as are worth two lanes.
    var numbers = (0..<200 * 101).map { _ in generator.normal() }
    numbers[3] = 0
    let weights = numbers.map { _ in generator.normal() }
    func run(_ operation: (Dropout, Variable, inout Pass) -> Variable) throws -> ([Float], [Float], Pass) {
      let tape = Tape(lanes: Lanes(lanes), pool: pool)
      let x = tape.variable(Tensor([200, 101], numbers, pool: pool))
      var pass = Pass.training(SeededRandom(seed: 3))
      let out = operation(Dropout(rate: 0.25), x, &pass)
      let loss = (out * tape.constant(Tensor([200, 101], weights, pool: pool))).sum()
      return (out.value.values, try #require(tape.gradients(of: loss, by: [x])[0]).value.values, pass)
    }
    let fused = try run { $0(rectifying: $1, &$2) }
    let apart = try run { $0($1.rectified(), &$2) }
    #expect(fused.0 == apart.0 && fused.1 == apart.1 && fused.2 == apart.2)
    #expect(fused.0.contains { $0 > 0 } && fused.1.contains { $0 != 0 })
  }

  @Test("behind a ReLU leaves the ReLU in evaluation and at the rate 0")
  func rectifiedOnly() {
    let tape = Tape(lanes: Lanes(1), pool: pool)
    let x = tape.constant(Tensor([3], [-1, 0, 2], pool: pool))
    var (training, evaluation) = (Pass.training(SeededRandom(seed: 1)), Pass.evaluation)
    #expect(Dropout(rate: 0)(rectifying: x, &training).value.values == [0, 0, 2])
    #expect(Dropout(rate: 0.5)(rectifying: x, &evaluation).value.values == [0, 0, 2])
  }
}
