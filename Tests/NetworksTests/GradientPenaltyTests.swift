import Matrices
import TestSupport
import Testing

@testable import Networks

/// The mean of (|grad_x critic(x)| - 1)^2 (Gulrajani et al. 2017, equation 3): its gradient by the critic's weights is of
/// the second order.
@Suite("Gradient penalty")
struct GradientPenaltyTests {
  /// Linear, LeakyReLU, Linear: `weights` are two matrices and two biases.
  static func penalty(_ x: Tensor, _ weights: [Variable]) -> Variable {
    let tape = weights[0].tape
    let x = tape.variable(x)
    let score = x.linear(weights[0], weights[1]).rectified(slope: 0.2).linear(weights[2], weights[3])
    guard let gradient = tape.gradients(of: score.sum(), by: [x], areDifferentiable: true)[0] else {
      preconditionFailure("a critic that does not look at its input")
    }
    return gradient.squared().sum(along: [1]).squareRoot().scaled(by: 1, plus: -1).squared().mean()
  }

  /// Figures pass through two products of 16 and 9 terms, and back.
  @Test("is PyTorch's, and so are its gradients", arguments: [1, 2])
  func golden(lanes: Int) throws {
    let fixture = try Fixture("operations")
    let tape = Tape(lanes: Lanes(lanes), pool: fixture.pool)
    let weights = try ["0.weight", "0.bias", "2.weight", "2.bias"].map {
      tape.variable(try fixture.tensor("gradientPenalty/initial/\($0)"))
    }
    let penalty = GradientPenaltyTests.penalty(try fixture.tensor("gradientPenalty/x"), weights)
    #expect([penalty.value.scalar].distance(to: try fixture.values("gradientPenalty/penalty")) <= 1e-5)
    let gradients = tape.gradients(of: penalty, by: weights)
    // PyTorch gives no gradient by the last bias, and zeros by the first: the gates do not move.
    #expect(gradients[3] == nil)
    #expect(gradients[1].map { $0.value.values.allSatisfy { $0 == 0 } } ?? true)
    for (index, name) in [(0, "0.weight"), (2, "2.weight")] {
      let gradient = try #require(gradients[index])
      #expect(gradient.value.values.distance(to: try fixture.values("gradientPenalty/gradients/\(name)")) <= 1e-5)
    }
  }

  @Test("has the gradients of its central differences", arguments: 0..<5)
  func differences(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var critic = Critic(using: &generator)
    while !critic.isSmooth { critic = Critic(using: &generator) }
    let (x, bias) = (critic.x, critic.bias)
    var check = GradientCheck([([5, 3], critic.first), ([1, 5], critic.last)], seed: seed) { weights in
      let tape = weights[0].tape
      let biases = [Tensor([5], bias, pool: tape.pool), Tensor([1], [0.3], pool: tape.pool)].map(tape.variable)
      return GradientPenaltyTests.penalty(
        Tensor([3, 3], x, pool: tape.pool), [weights[0], biases[0], weights[1], biases[1]])
    }
    check.run("gradient penalty")
  }

  /// Three inputs to five gates, for three rows.
  private struct Critic {
    let x: [Float]
    let first: [Float]
    let bias: [Float]
    let last: [Float]

    init(using generator: inout SeededGenerator) {
      func numbers(_ count: Int) -> [Float] { Spread.awayFromZero.numbers(count, using: &generator) }
      (x, first, bias, last) = (numbers(9), numbers(15), numbers(5), numbers(5))
    }

    /// Whether the weights may move by 1/16 and turn no gate (inputs add up to 3.9 at most), nor make a gradient so
    /// small that the root of its square bends sharply.
    var isSmooth: Bool {
      (0..<3).allSatisfy { row in
        let gates = (0..<5).map { gate in
          (0..<3).reduce(bias[gate]) { $0 + x[row * 3 + $1] * first[gate * 3 + $1] }
        }
        let gradient = (0..<3).map { input in
          (0..<5).reduce(0) { $0 + last[$1] * (gates[$1] > 0 ? 1 : 0.2) * first[$1 * 3 + input] }
        }
        return gates.allSatisfy { abs($0) > 0.25 } && gradient.reduce(0) { $0 + $1 * $1 } > 1
      }
    }
  }
}
