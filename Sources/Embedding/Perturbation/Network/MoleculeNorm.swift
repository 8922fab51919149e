import Networks

/// Each row by its mean and its deviation over n - 1, to which 1e-6 is added; parameters as the molecule attention
/// transformer names them.
struct MoleculeNorm {
  private let scale: Parameter
  private let shift: Parameter

  init(_ name: String, width: Int, pool: BufferPool) {
    scale = Parameter("\(name).a_2", Tensor([width], repeating: 1, pool: pool))
    shift = Parameter("\(name).b_2", Tensor([width], repeating: 0, pool: pool))
  }

  var parameters: [Parameter] { [scale, shift] }

  func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    x.layerNormalized(
      scale: tape.variable(scale), shift: tape.variable(shift), epsilon: 1e-6, deviation: .unbiased)
  }
}
