import Matrices
import Randomness
import TestSupport
import Testing

@testable import Networks

/// What is checked: an operation on variables, or something made of several.
typealias Operation = @Sendable ([Variable]) -> Variable

/// Compares gradients on a tape with central differences of the fourth order,
/// (8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h.
///
/// h = 1/32: the series left out is h^4 / 30 = 3e-8 of the fifth derivative, and rounding, 2^-24 of each number of the
/// result, is enlarged by no more than 1.5 / h = 48, to 3e-6. Points must be 2h away from kinks.
struct GradientCheck {
  private let step: Float = 1 / 32
  private let lanes = Lanes(1)
  private let pool = BufferPool()
  private let operation: Operation
  private let inputs: [Tensor]
  private var generator: SeededGenerator

  init(_ inputs: [(shape: [Int], values: [Float])], seed: UInt64, _ operation: @escaping Operation) {
    self.inputs = inputs.map { [pool] in Tensor($0.shape, $0.values, pool: pool) }
    self.operation = operation
    generator = SeededGenerator(seed: seed)
  }

  /// Checks the derivative of a weighted sum of the result in every direction of a small input, and in four random ones
  /// that move all numbers of a large one.
  mutating func run(_ name: String, at location: SourceLocation = #_sourceLocation) {
    let tape = Tape(lanes: lanes, pool: pool)
    let variables = inputs.map(tape.variable)
    let result = operation(variables)
    let weights = (0..<result.value.count).map { _ in
      Float.random(in: 0.5...1, using: &generator) * (Bool.random(using: &generator) ? 1 : -1)
    }
    let sum = (result * tape.constant(Tensor(result.shape, weights, pool: pool))).sum()
    let size = zip(result.value.values, weights).reduce(0.0) { $0 + Double($1.0 * $1.0) }.squareRoot()
    let gradients = tape.gradients(of: sum, by: variables).map { $0?.value.values }
    for (input, gradient) in gradients.enumerated() {
      let gradient = gradient ?? [Float](repeating: 0, count: inputs[input].count)
      let norm = gradient.reduce(0.0) { $0 + Double($1 * $1) }.squareRoot()
      for direction in directions(gradient.count) {
        let found = zip(gradient, direction).reduce(0.0) { $0 + Double($1.0 * $1.1) }
        let expected = difference(input, direction, weights)
        // Ten times the roundings of the result, as it has gone through several itself; and a thousandth of the
        // gradient for the series left out: one wrong number of 978 would show as a thirtieth.
        let tolerance = 3e-5 * size + 1e-3 * norm
        #expect(
          abs(found - expected) <= tolerance, "\(name): input \(input), \(found) and \(expected), within \(tolerance)",
          sourceLocation: location)
      }
    }
  }

  private mutating func directions(_ count: Int) -> [[Float]] {
    guard count > 12 else {
      return (0..<count).map { place in (0..<count).map { $0 == place ? 1 : 0 } }
    }
    return (0..<4).map { _ in (0..<count).map { _ in Bool.random(using: &generator) ? 1 : -1 } }
  }

  private func difference(_ input: Int, _ direction: [Float], _ weights: [Float]) -> Double {
    func value(_ steps: Float) -> Double {
      let tape = Tape(lanes: lanes, pool: pool)
      var moved = inputs
      let values = zip(inputs[input].values, direction).map { $0 + steps * step * $1 }
      moved[input] = Tensor(inputs[input].shape, values, pool: pool)
      let result = operation(moved.map(tape.variable)).value.values
      return zip(result, weights).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    }
    return (8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * Double(step))
  }
}

/// The gradients of an operation as an operation themselves: the sum of all of them, each number with a weight of its
/// own. What checks an operation checks its second derivative with this, and the third with this of this.
func gradients(of operation: @escaping Operation) -> Operation {
  { variables in
    let tape = variables[0].tape
    func weighted(_ x: Variable, _ seed: Int) -> Variable {
      let weights = (0..<x.value.count).map {
        0.6 + 0.3 * Float(($0 * 7 + seed * 5) % 11) / 11 * ($0 % 2 == 0 ? 1 : -1)
      }
      return (x * tape.constant(Tensor(x.shape, weights, pool: tape.pool))).sum()
    }
    let sum = weighted(operation(variables), 0)
    let gradients = tape.gradients(of: sum, by: variables, areDifferentiable: true)
    let parts = gradients.enumerated().compactMap { index, gradient in gradient.map { weighted($0, index + 1) } }
    return parts.dropFirst().reduce(parts[0]) { $0 + $1 }
  }
}

/// Where the numbers of an input lie.
enum Spread {
  /// Either sign, 0.3 to 1.3: the kink of a rectifier is more than 2h away.
  case awayFromZero
  /// 0.7 to 2.
  case positive
  /// Half a unit and more from each other, so that the order of any two stays in all the steps.
  case separated

  func numbers(_ count: Int, using generator: inout SeededGenerator) -> [Float] {
    switch self {
    case .awayFromZero:
      return (0..<count).map { _ in
        Float.random(in: 0.3...1.3, using: &generator) * (Bool.random(using: &generator) ? 1 : -1)
      }
    case .positive: return (0..<count).map { _ in Float.random(in: 0.7...2, using: &generator) }
    case .separated:
      let order = (0..<count).shuffled(using: &generator)
      return order.map { (Float($0) - Float(count) / 2) * 0.6 + Float.random(in: 0...0.1, using: &generator) }
    }
  }
}
