/// Each row to mean 0 and variance 1, then a scale and a shift for each column that are learnt.
package struct LayerNorm {
  package let weight: Parameter
  package let bias: Parameter
  private let isRectified: Bool

  /// `isRectified` puts a ReLU behind it, in the same pass.
  package init(_ name: String, width: Int, isRectified: Bool = false, pool: BufferPool) {
    weight = Parameter("\(name).weight", Tensor([width], repeating: 1, pool: pool))
    bias = Parameter("\(name).bias", Tensor([width], repeating: 0, pool: pool))
    self.isRectified = isRectified
  }

  package var parameters: [Parameter] { [weight, bias] }

  package func callAsFunction(_ x: Variable) -> Variable {
    x.layerNormalized(
      scale: x.tape.variable(weight), shift: x.tape.variable(bias), isRectified: isRectified)
  }
}
