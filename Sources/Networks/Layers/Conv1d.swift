/// A convolution along the last axis of batch x channels x length.
package struct Conv1d {
  /// Outputs x inputs x width.
  package let weight: Parameter
  package let bias: Parameter
  private let stride: Int
  private let padding: Int

  /// Drawn as PyTorch draws them: evenly within 1 / sqrt(inputs * width), weights and bias.
  package init(
    _ name: String, inputs: Int, outputs: Int, width: Int, stride: Int = 1, padding: Int = 0, pool: BufferPool,
    using generator: inout some RandomNumberGenerator
  ) {
    let bound = 1 / Float(inputs * width).squareRoot()
    weight = Parameter(
      "\(name).weight", Tensor([outputs, inputs, width], uniformWithin: bound, pool: pool, using: &generator))
    bias = Parameter("\(name).bias", Tensor([outputs], uniformWithin: bound, pool: pool, using: &generator))
    self.stride = stride
    self.padding = padding
  }

  package var parameters: [Parameter] { [weight, bias] }

  package func callAsFunction(_ x: Variable) -> Variable {
    x.convolved(x.tape.variable(weight), x.tape.variable(bias), stride: stride, padding: padding)
  }
}
