/// Layers of Linear, LayerNorm and ReLU, and a last one that is Linear alone.
package struct Perceptron {
  private let hidden: [(linear: Linear, norm: LayerNorm)]
  private let last: Linear

  /// `widths` from the input to the output; layers are numbered as in PyTorch's `Sequential`, the ReLUs included.
  package init(
    _ name: String, widths: [Int], pool: BufferPool, using generator: inout some RandomNumberGenerator
  ) {
    precondition(widths.count >= 2, "widths \(widths) make no layer")
    var hidden: [(Linear, LayerNorm)] = []
    for layer in 0..<(widths.count - 2) {
      let linear = Linear(
        "\(name).\(3 * layer)", inputs: widths[layer], outputs: widths[layer + 1], pool: pool, using: &generator)
      let norm = LayerNorm("\(name).\(3 * layer + 1)", width: widths[layer + 1], isRectified: true, pool: pool)
      hidden.append((linear, norm))
    }
    self.hidden = hidden
    last = Linear(
      "\(name).\(3 * (widths.count - 2))", inputs: widths[widths.count - 2], outputs: widths[widths.count - 1],
      pool: pool, using: &generator)
  }

  package var parameters: [Parameter] { hidden.flatMap { $0.linear.parameters + $0.norm.parameters } + last.parameters }

  package func callAsFunction(_ x: Variable) -> Variable {
    last(hidden.reduce(x) { $1.norm($1.linear($0)) })
  }
}
