import Matrices
import Networks

/// A branch of all folds' predictors at once: Linear, BatchNorm in evaluation and ReLU as one product and one bias, the
/// folds' columns side by side.
struct FoldedBranch {
  /// (folds x width) x inputs.
  let weight: Tensor
  /// Folds x width.
  let bias: Tensor
  let inputs: Int

  /// Throws nothing: a predictor of this shape has the branch, or it is nil.
  init?(_ kind: PredictorBranch, of predictors: [ResponsePredictor], pool: BufferPool) {
    let branches = predictors.compactMap { predictor in predictor.branches.first { $0.kind == kind } }
    guard let first = branches.first else { return nil }
    precondition(branches.count == predictors.count, "folds of other branches")
    inputs = first.linear.weight.value.columns
    let norms = branches.map { FoldedBatchNorm($0.norm) }
    let values = zip(branches, norms).flatMap { $1.weight(of: $0.linear) }
    weight = Tensor([values.count / inputs, inputs], values, pool: pool)
    let biases = zip(branches, norms).flatMap { $1.bias(of: $0.linear) }
    bias = Tensor([biases.count], biases, pool: pool)
  }

  private init(weight: Tensor, bias: Tensor, inputs: Int) {
    (self.weight, self.bias, self.inputs) = (weight, bias, inputs)
  }

  /// Numbers of all folds.
  var columns: Int { bias.count }

  /// The branch behind a product without a bias: `last` is inputs x its own inputs, and row i of it stands for the
  /// branch's input `places[i]`.
  func behind(_ last: Tensor, places: [Int], lanes: Lanes, pool: BufferPool) -> FoldedBranch {
    precondition(last.shape == [inputs, last.columns] && places.count == inputs, "a product of shape \(last.shape)")
    let ordered = Tensor([columns, inputs], pool: pool)
    for row in 0..<columns {
      for (position, place) in places.enumerated() {
        ordered.pointer[row * inputs + position] = weight.pointer[row * inputs + place]
      }
    }
    let whole = Tensor([columns, last.columns], pool: pool)
    MatrixProduct(rows: columns, columns: last.columns, depth: inputs).run(
      ordered.pointer, last.pointer, into: whole.pointer, lanes: lanes)
    return FoldedBranch(weight: whole, bias: bias, inputs: last.columns)
  }

  /// Rows x inputs to rows x (folds x width), on the thread that asks for it.
  func run(_ x: UnsafePointer<Float>, rows: Int, into out: UnsafeMutablePointer<Float>) {
    StridedProduct(
      rows: rows, columns: columns, depth: inputs, leftStride: inputs, rightStride: inputs, resultStride: columns,
      transposesRight: true
    ).run(x, weight.pointer, into: out)
    BiasedActivation.rectifier.run(out, bias: bias.pointer, rows: rows, columns: columns)
  }
}
