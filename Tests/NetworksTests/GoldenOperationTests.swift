import Matrices
import Testing

@testable import Networks

@Suite("Operations against PyTorch")
struct GoldenOperationTests {
  struct Golden: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    let operation: Operation

    init(_ name: String, _ arguments: String..., operation: @escaping Operation) {
      (self.name, self.arguments, self.operation) = (name, arguments.isEmpty ? ["x"] : arguments, operation)
    }

    var testDescription: String { name }
  }

  static let functions: [Golden] = [
    .init("exp") { $0[0].exp() }, .init("log") { $0[0].log() }, .init("squareRoot") { $0[0].squareRoot() },
    .init("tanh") { $0[0].tanh() }, .init("sigmoid") { $0[0].sigmoid() }, .init("gelu") { $0[0].gelu() },
    .init("leakyReLU") { $0[0].rectified(slope: 0.2) },
    .init("softmax") { $0[0].softmax() }, .init("logSoftmax") { $0[0].logSoftmax() },
    .init("sum") { $0[0].sum(along: [1], keepsAxes: true) }, .init("mean") { $0[0].mean(along: [0, 2]) },
    .init("maximum") { $0[0].maximum(along: [0, 2]) },
    .init("maximumPooled") { $0[0].maximumPooled(width: 3, stride: 2) },
    .init("permuted") { $0[0].permuted([2, 0, 1]) }, .init("slice") { $0[0].slice(1..<3, axis: 1) },
    .init("concatenated", "a", "b") { Variable.concatenated($0, axis: 1) },
    .init("embedding", "table") { $0[0].gathered([3, 0, 3, 6]) },
  ]

  static let products: [Golden] = [
    .init("linear", "input", "weight", "bias") { $0[0].linear($0[1], $0[2]) },
    .init("product", "a", "b") { $0[0].product($0[1], transposesRight: true) },
    .init("convolution10", "x", "weight", "bias") { $0[0].convolved($0[1], $0[2]) },
    .init("convolution23", "x", "weight", "bias") { $0[0].convolved($0[1], $0[2], stride: 2, padding: 3) },
  ]

  static let fused: [Golden] = [
    .init("layerNorm", "x", "weight", "bias") { $0[0].layerNormalized(scale: $0[1], shift: $0[2]) },
    .init("deviationNorm", "x", "weight", "bias") {
      $0[0].layerNormalized(scale: $0[1], shift: $0[2], epsilon: 1e-6, deviation: .unbiased)
    },
    .init("batchNorm", "x", "weight", "bias") { $0[0].batchNormalized(scale: $0[1], shift: $0[2]).result },
    .init("crossEntropy") { $0[0].crossEntropy([0, -1, 4, 2, 2]) },
    .init("binaryCrossEntropy") { x in
      let targets = [[Float]](repeating: [0, 1, 1, 0, 0.5, 1, 0, 1, 0], count: 3).flatMap(\.self)
      return x[0].binaryCrossEntropy(Tensor([3, 9], targets, pool: x[0].tape.pool))
    },
    .init("meanSquaredError", "input", "target") { $0[0].meanSquaredError(to: $0[1]) },
  ]

  /// Sums have a few dozen terms at most: 1e-5 of the largest number is 80 roundings to 2^-23.
  @Test("give its results and gradients", arguments: functions + products + fused, [1, 2])
  func operation(golden: Golden, lanes: Int) throws {
    let fixture = try Fixture("operations")
    let tape = Tape(lanes: Lanes(lanes), pool: fixture.pool)
    let inputs = try golden.arguments.map { tape.variable(try fixture.tensor("\(golden.name)/in/\($0)")) }
    let result = golden.operation(inputs)
    let expected = try fixture.tensor("\(golden.name)/out")
    #expect(result.shape == expected.shape)
    #expect(result.value.values.distance(to: expected.values) <= 1e-5)
    let cotangent = tape.constant(try fixture.tensor("\(golden.name)/cotangent"))
    let gradients = tape.gradients(of: (result * cotangent).sum(), by: inputs)
    for (name, gradient) in zip(golden.arguments, gradients) {
      let expected = try fixture.tensor("\(golden.name)/gradients/\(name)")
      let gradient = try #require(gradient)
      #expect(gradient.shape == expected.shape)
      #expect(gradient.value.values.distance(to: expected.values) <= 1e-5, "by \(name)")
    }
  }

  @Test("are of the version named")
  func version() throws {
    #expect(try Fixture("operations").root.attributes.string("made_with") == "PyTorch 2.13.0+cpu")
    #expect(try Fixture("response_predictor").root.attributes.string("made_with") == "PyTorch 2.13.0+cpu")
  }
}
