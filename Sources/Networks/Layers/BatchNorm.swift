/// Each column to mean 0 and variance 1 over the batch in training, by running means of both in evaluation; then a scale
/// and a shift for each column that are learnt. PyTorch's `BatchNorm1d` on rows x columns.
package struct BatchNorm {
  package let weight: Parameter
  package let bias: Parameter
  package let runningMean: Buffer
  /// Of the variances over n - 1.
  package let runningVariance: Buffer
  /// Passes in training so far; single precision counts to 16,777,216.
  package let batches: Buffer
  private let epsilon: Float = 1e-5
  /// The share of the new batch in the running means.
  private let momentum: Float = 0.1

  package init(_ name: String, width: Int, pool: BufferPool) {
    weight = Parameter("\(name).weight", Tensor([width], repeating: 1, pool: pool))
    bias = Parameter("\(name).bias", Tensor([width], repeating: 0, pool: pool))
    runningMean = Buffer("\(name).running_mean", Tensor([width], repeating: 0, pool: pool))
    runningVariance = Buffer("\(name).running_var", Tensor([width], repeating: 1, pool: pool))
    batches = Buffer("\(name).num_batches_tracked", Tensor([], repeating: 0, pool: pool), isCount: true)
  }

  package var parameters: [Parameter] { [weight, bias] }

  package var buffers: [Buffer] { [runningMean, runningVariance, batches] }

  /// A pass in training takes two rows or more, and changes the buffers.
  package func callAsFunction(_ x: Variable, _ pass: Pass) -> Variable {
    let (scale, shift) = (x.tape.variable(weight), x.tape.variable(bias))
    guard pass.isTraining else { return evaluated(x, scale, shift) }
    let (result, mean, variance) = x.batchNormalized(scale: scale, shift: shift, epsilon: epsilon)
    let rows = Float(x.value.rows)
    track(mean, in: runningMean.value, factor: 1)
    track(variance, in: runningVariance.value, factor: rows / (rows - 1))
    batches.value.pointer[0] += 1
    return result
  }

  private func track(_ batch: Tensor, in running: Tensor, factor: Float) {
    for (index, value) in batch.values.enumerated() {
      running.pointer[index] = (1 - momentum) * running.pointer[index] + momentum * (value * factor)
    }
  }

  private func evaluated(_ x: Variable, _ scale: Variable, _ shift: Variable) -> Variable {
    let tape = x.tape
    let inverse = tape.constant(runningVariance.value).scaled(by: 1, plus: epsilon).squareRoot()
    let factor = scale / inverse
    return x * factor + (shift - tape.constant(runningMean.value) * factor)
  }
}
