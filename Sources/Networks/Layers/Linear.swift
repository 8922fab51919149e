/// A matrix of weights, out x in, and a bias: `x * weight^T + bias`.
package struct Linear {
  package let weight: Parameter
  package let bias: Parameter?

  /// Drawn as PyTorch draws them: evenly within 1 / sqrt(inputs), weights and bias (He et al. 2015 with a = sqrt(5)).
  package init(
    _ name: String, inputs: Int, outputs: Int, hasBias: Bool = true, pool: BufferPool,
    using generator: inout some RandomNumberGenerator
  ) {
    let bound = 1 / Float(inputs).squareRoot()
    weight = Parameter(
      "\(name).weight", Tensor([outputs, inputs], uniformWithin: bound, pool: pool, using: &generator))
    bias =
      hasBias
      ? Parameter("\(name).bias", Tensor([outputs], uniformWithin: bound, pool: pool, using: &generator)) : nil
  }

  package var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

  package func callAsFunction(_ x: Variable) -> Variable {
    x.linear(x.tape.variable(weight), bias.map(x.tape.variable))
  }
}
