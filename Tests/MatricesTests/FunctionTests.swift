import Foundation
import TestSupport
import Testing

@testable import Matrices

/// The vectorised functions against the C library's in double precision.
@Suite("Functions of eight numbers")
struct FunctionTests {
  private let lanes = Lanes(1)

  private func run(_ operation: Elementwise.Unary, _ x: [Float]) -> [Float] {
    .written(x.count) { Elementwise.run(operation, x, into: $0, count: x.count, lanes: lanes) }
  }

  /// Seeded numbers of a range, and its ends; 20,003 leave a rest of three behind the last eight.
  private func points(_ range: ClosedRange<Float>, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return [range.lowerBound, range.upperBound]
      + (0..<20_001).map { _ in Float.random(in: range, using: &generator) }
  }

  /// The largest error in units in the last place of the exact value.
  private func worst(_ values: [Float], _ x: [Float], _ exact: (Double) -> Double) -> Double {
    zip(values, x).map { value, x in
      let exact = exact(Double(x))
      return abs(Double(value) - exact) / Double(Float(exact).ulp)
    }.max() ?? 0
  }

  // Bounds are the largest errors at these points, rounded up: the reduced argument and each step of the series round.

  @Test(
    "exp is within 1 unit in the last place", arguments: [-87.3...88.72, -1...1, -1e-3...1e-3] as [ClosedRange<Float>])
  func exponential(range: ClosedRange<Float>) {
    let x = points(range, seed: 1)
    #expect(worst(run(.exp, x), x, exp) <= 1)
  }

  @Test(
    "log is within 2 units in the last place",
    arguments: [1e-37...1e-30, .leastNonzeroMagnitude...1.1e-38, 1e-3...1e3, 0.9...1.1, 1e30...3.4e38]
      as [ClosedRange<Float>])
  func logarithm(range: ClosedRange<Float>) {
    let x = points(range, seed: 2)
    #expect(worst(run(.log, x), x, log) <= 2)
  }

  @Test(
    "tanh is within 3 units in the last place", arguments: [-12...12, -0.7...0.7, -1e-6...1e-6] as [ClosedRange<Float>])
  func hyperbolicTangent(range: ClosedRange<Float>) {
    let x = points(range, seed: 3)
    #expect(worst(run(.tanh, x), x, tanh) <= 3)
  }

  @Test("sigmoid is within 2 units in the last place", arguments: [-87...87, -2...2] as [ClosedRange<Float>])
  func logistic(range: ClosedRange<Float>) {
    let x = points(range, seed: 4)
    #expect(worst(run(.sigmoid, x), x) { 1 / (1 + exp(-$0)) } <= 2)
  }

  @Test(
    "log(1 + x) keeps the digits of a small x, within 2 units in the last place",
    arguments: [0...1, 0...1e-4, 0...1e-30] as [ClosedRange<Float>])
  func logarithmOfOneMore(range: ClosedRange<Float>) {
    let x = points(range, seed: 5)
    let values = x.map { log1p(Vector(repeating: $0))[0] }
    #expect(worst(values, x, Foundation.log1p) <= 2)
  }

  /// The square in the exponent is rounded, so the relative error grows with it: 2^-24 times x^2 / 2, and a fit that is
  /// good to 4e-7.
  @Test("the normal distribution keeps the digits of its lower tail")
  func normal() {
    for x in points(-13...13, seed: 6) {
      let exact = 0.5 * erfc(-Double(x) / 2.0.squareRoot())
      let error = abs(Double(normalDistribution(Vector(repeating: x))[0]) - exact) / exact
      #expect(error <= 5e-7 + 6e-8 * Double(x * x) / 2, "at \(x)")
    }
  }

  /// The product of the above with x, rounded once more.
  @Test("GELU and its slope are those of the error function")
  func gelu() {
    let x = points(-6...6, seed: 7)
    for (value, (slope, x)) in zip(run(.gelu, x), zip(run(.geluSlope, x), x.map(Double.init))) {
      let below = 0.5 * erfc(-x / 2.0.squareRoot())
      #expect(abs(Double(value) - x * below) <= 2e-6 * abs(x * below), "at \(x)")
      let exact = below + x * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
      #expect(abs(Double(slope) - exact) <= 5e-7, "at \(x)")
    }
  }

  private static let tiny = Float.leastNonzeroMagnitude

  static let edges: [(Elementwise.Unary, [(x: Float, expected: Float)])] = [
    (.exp, [(0, 1), (-0.0, 1), (tiny, 1), (88.722_83, 3.402_7e38), (88.73, .infinity), (.infinity, .infinity)]),
    // Below 2^-126 the result is 0, not a number without its full mantissa.
    (.exp, [(-87.336, 1.176_2e-38), (-87.34, 0), (-1e30, 0), (-.infinity, 0)]),
    (.log, [(1, 0), (0, -.infinity), (-0.0, -.infinity), (.infinity, .infinity), (tiny, -103.278_93)]),
    (.log, [(-1, .nan), (-tiny, .nan), (-.infinity, .nan)]),
    (.tanh, [(0, 0), (-0.0, -0.0), (tiny, tiny), (1e30, 1), (.infinity, 1), (-1e30, -1), (-.infinity, -1)]),
    (.sigmoid, [(0, 0.5), (tiny, 0.5), (1e30, 1), (.infinity, 1), (-1e30, 0), (-.infinity, 0)]),
    (.gelu, [(0, 0), (1e30, 1e30), (.infinity, .infinity)]),
    (.squareRoot, [(0, 0), (-0.0, -0.0), (4, 2), (.infinity, .infinity), (-1, .nan)]),
  ]

  @Test("gives the limits at the edges", arguments: edges)
  func limits(operation: Elementwise.Unary, cases: [(x: Float, expected: Float)]) {
    for (value, (x, expected)) in zip(run(operation, cases.map(\.x)), cases) {
      // The edges that are no exact number are given with five digits.
      let isSame = expected.isNaN ? value.isNaN : value == expected || abs(value - expected) <= 1e-4 * abs(expected)
      #expect(isSame, "\(operation) of \(x) is \(value)")
      if expected == 0 { #expect(value.sign == expected.sign, "\(operation) of \(x)") }
    }
  }

  @Test(
    "NaN stays NaN",
    arguments: [.exp, .log, .squareRoot, .square, .sigmoid, .tanh, .gelu, .geluSlope] as [Elementwise.Unary])
  func notANumber(operation: Elementwise.Unary) {
    #expect(run(operation, [.nan, 1, .nan]).map(\.isNaN) == [true, false, true])
  }

  @Test("a place in the row does not matter: each number comes out alike, whatever stands beside it")
  func places() {
    let x = points(-3...3, seed: 8)
    for operation in [.exp, .sigmoid, .tanh, .gelu] as [Elementwise.Unary] {
      let whole = run(operation, x)
      for start in 1..<9 {
        #expect(run(operation, Array(x[start..<start + 13])).bits == Array(whole[start..<start + 13]).bits)
      }
    }
  }

  @Test("the rectifier gives 0 and not -0 below 0, at -infinity too, and passes NaN on")
  func rectifier() {
    let x: [Float] = [-1, -.infinity, 0, 2, .nan, -0.0, .infinity, -.leastNonzeroMagnitude, 3]
    let values = [Float].written(x.count) { Elementwise.rectify(x, slope: 0, into: $0, count: x.count, lanes: lanes) }
    #expect(values.bits == ([0, 0, 0, 2, .nan, 0, .infinity, 0, 3] as [Float]).bits)
    let leaky = [Float].written(x.count) { Elementwise.rectify(x, slope: 0.5, into: $0, count: x.count, lanes: lanes) }
    #expect(leaky[0] == -0.5 && leaky[1] == -.infinity && leaky[8] == 3)
  }
}
