import TestSupport
import Testing

@testable import Networks

/// An operation at some shapes of its arguments.
struct OperationCase: Sendable, CustomTestStringConvertible {
  let name: String
  let shapes: [[Int]]
  let spread: Spread
  let operation: Operation

  init(_ name: String, _ shapes: [Int]..., spread: Spread = .awayFromZero, _ operation: @escaping Operation) {
    (self.name, self.shapes, self.spread, self.operation) = (name, shapes, spread, operation)
  }

  var testDescription: String { "\(name) \(shapes.map(\.description).joined(separator: " "))" }

  /// The check of its gradients, or of those of something made of it.
  func check(_ operation: Operation? = nil) -> GradientCheck {
    var generator = SeededGenerator(seed: UInt64(shapes.joined().reduce(1) { $0 * 31 + $1 }))
    let inputs = shapes.map { (shape: $0, values: spread.numbers($0.reduce(1, *), using: &generator)) }
    return GradientCheck(inputs, seed: 3, operation ?? self.operation)
  }
}

extension OperationCase {
  /// Number by number, at widths below, at and above the eight that are computed at once.
  static let functions: [OperationCase] = [[1], [7], [8], [9], [3, 978]].flatMap { shape -> [OperationCase] in
    [
      .init("exp", shape) { $0[0].exp() },
      .init("log", shape, spread: .positive) { $0[0].log() },
      .init("square root", shape, spread: .positive) { $0[0].squareRoot() },
      .init("square", shape) { $0[0].squared() },
      .init("sigmoid", shape) { $0[0].sigmoid() },
      .init("tanh", shape) { $0[0].tanh() },
      .init("GELU", shape) { $0[0].gelu() },
      .init("ReLU", shape) { $0[0].rectified() },
      .init("leaky ReLU", shape) { $0[0].rectified(slope: 0.2) },
      .init("scale", shape) { $0[0].scaled(by: -1.5, plus: 0.25) },
    ]
  }

  static let arithmetic: [OperationCase] =
    ([
      ([5, 7], [5, 7]), ([5, 7], [7]), ([7], [5, 7]), ([5, 9], [5, 1]), ([5, 8], []), ([], [5, 8]), ([5, 1], [1, 7]),
      ([2, 1, 9], [3, 1]), ([2, 3, 4], [3, 4]), ([2, 3, 4], [2, 1, 4]), ([1], [1]), ([3, 978], [978]),
      ([3, 978], [3, 1]),
    ] as [([Int], [Int])]).flatMap { a, b -> [OperationCase] in
      [
        .init("sum", a, b) { $0[0] + $0[1] },
        .init("difference", a, b) { $0[0] - $0[1] },
        .init("product of numbers", a, b) { $0[0] * $0[1] },
        .init("quotient", a, b, spread: .positive) { $0[0] / $0[1] },
      ]
    }

  static let reductions: [OperationCase] = [
    .init("sum of all", [3, 5]) { $0[0].sum() },
    .init("mean of all", [3, 5]) { $0[0].mean() },
    .init("sum of rows", [3, 9]) { $0[0].sumOfRows() },
    .init("sum to a row", [9, 7]) { $0[0].sum(to: [7]) },
    .init("sum to a middle axis", [2, 9, 3]) { $0[0].sum(to: [1, 9, 1]) },
    .init("repetition", [3, 1]) { $0[0].broadcast(to: [2, 3, 5]) },
    .init("sum along axes", [2, 3, 4]) { $0[0].sum(along: [2, 0]) },
    .init("mean along an axis", [2, 7, 3]) { $0[0].mean(along: [1], keepsAxes: true) },
    .init("maximum along axes", [2, 3, 4], spread: .separated) { $0[0].maximum(along: [0, 2]) },
    .init("maximum along the first", [7, 3], spread: .separated) { $0[0].maximum(along: [0], keepsAxes: true) },
    .init("maximum of all", [9], spread: .separated) { $0[0].maximum(along: [0]) },
    .init("softmax", [1, 1]) { $0[0].softmax() },
    .init("softmax", [2, 3, 9]) { $0[0].softmax() },
    .init("softmax", [2, 978]) { $0[0].softmax() },
    .init("logarithm of softmax", [3, 7]) { $0[0].logSoftmax() },
  ]

  static let shapes: [OperationCase] = [
    .init("reshape", [3, 4]) { $0[0].reshaped([2, 6]) },
    .init("rows by number", [4, 3]) { $0[0].gathered([3, 0, 3, 1, 3]) },
    .init("rows to numbers", [4, 3]) { $0[0].scattered(to: [1, 4, 1, 0], of: 5) },
    .init("permutation", [2, 3, 5]) { $0[0].permuted([2, 0, 1]) },
    .init("transposition", [17, 19]) { $0[0].transposed(0, 1) },
    .init("concatenation", [2, 3], [4, 3], [1, 3]) { Variable.concatenated($0, axis: 0) },
    .init("concatenation", [2, 3, 4], [2, 0, 4], [2, 1, 4]) { Variable.concatenated($0, axis: 1) },
    .init("concatenation with itself", [5, 9]) { Variable.concatenated([$0[0], $0[0]], axis: 1) },
    .init("slice", [5, 3]) { $0[0].slice(1..<4, axis: 0) },
    .init("slice", [2, 9, 3]) { $0[0].slice(2..<3, axis: 1) },
    .init("slice", [2, 9]) { $0[0].slice(7..<9, axis: 1) },
    .init("empty slice", [2, 9]) { Variable.concatenated([$0[0].slice(4..<4, axis: 1), $0[0]], axis: 1) },
  ]

  static let products: [OperationCase] =
    [false, true].flatMap { left in
      [false, true].flatMap { right -> [OperationCase] in
        [
          .init("product", left ? [7, 5] : [5, 7], right ? [9, 7] : [7, 9]) {
            $0[0].product($0[1], transposesLeft: left, transposesRight: right)
          },
          .init("batched product", [2, 3] + (left ? [4, 5] : [5, 4]), [2, 3] + (right ? [1, 4] : [4, 1])) {
            $0[0].product($0[1], transposesLeft: left, transposesRight: right)
          },
        ]
      }
    } + [
      .init("linear", [3, 978], [7, 978], [7]) { $0[0].linear($0[1], $0[2]) },
      .init("linear without bias", [2, 3, 8], [1, 8]) { $0[0].linear($0[1]) },
    ]

  static let convolutions: [OperationCase] = [
    .init("convolution", [2, 3, 9], [4, 3, 3], [4]) { $0[0].convolved($0[1], $0[2]) },
    .init("padded convolution", [2, 1, 7], [1, 1, 4]) { $0[0].convolved($0[1], stride: 2, padding: 3) },
    .init("convolution with gaps", [1, 2, 8], [2, 2, 1], [2]) { $0[0].convolved($0[1], $0[2], stride: 3) },
    .init("maximum pooling", [2, 3, 9], spread: .separated) { $0[0].maximumPooled(width: 3, stride: 2) },
    .init("maximum pooling", [1, 7], spread: .separated) { $0[0].maximumPooled(width: 2, stride: 1) },
  ]

  /// Differentiable once.
  static let fused: [OperationCase] = [
    .init("layer normalisation", [5, 7], [7], [7]) { $0[0].layerNormalized(scale: $0[1], shift: $0[2]) },
    .init("layer normalisation", [1, 978], [978], [978]) { $0[0].layerNormalized(scale: $0[1], shift: $0[2]) },
    .init("layer normalisation of one column", [5, 1], [1], [1]) { $0[0].layerNormalized(scale: $0[1], shift: $0[2]) },
    .init("layer normalisation by the unbiased deviation", [2, 3, 8], [8], [8]) {
      $0[0].layerNormalized(scale: $0[1], shift: $0[2], epsilon: 1e-6, deviation: .unbiased)
    },
    .init("layer normalisation by the unbiased deviation", [3, 978], [978], [978]) {
      $0[0].layerNormalized(scale: $0[1], shift: $0[2], epsilon: 0.1, deviation: .unbiased)
    },
    .init("batch normalisation", [7, 9], [9], [9]) { $0[0].batchNormalized(scale: $0[1], shift: $0[2]).result },
    .init("batch normalisation", [18, 1], [1], [1]) { $0[0].batchNormalized(scale: $0[1], shift: $0[2]).result },
    .init("batch normalisation", [9, 978], [978], [978]) { $0[0].batchNormalized(scale: $0[1], shift: $0[2]).result },
    .init("squared distance", [3, 7], [3, 7]) { $0[0].squaredDistance(to: $0[1]) },
    .init("mean squared error", [9], [9]) { $0[0].meanSquaredError(to: $0[1]) },
    .init("cross entropy", [4, 7]) { $0[0].crossEntropy([6, -1, 0, 6]) },
  ]

  static let losses: [OperationCase] = [
    .init("binary cross entropy", [3, 3]) { x in
      x[0].binaryCrossEntropy(Tensor([3, 3], [0, 1, 0.5, 1, 1, 0, 0, 0.25, 1], pool: x[0].tape.pool))
    }
  ]

  /// Differentiable to any order.
  static let primitives = functions + arithmetic + reductions + shapes + products + convolutions + losses
}
