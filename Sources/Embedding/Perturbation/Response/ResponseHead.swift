import Networks

/// From expression before a drug, expression after it and the compound to one number: a branch for each, joined, and two
/// layers on top (Bang et al. 2024).
struct ResponseHead {
  private struct Block {
    let linear: Linear
    let norm: BatchNorm
    let dropout: Dropout

    init(
      _ name: String, _ inputs: Int, _ outputs: Int, _ dropout: Float, _ pool: BufferPool,
      using generator: inout some RandomNumberGenerator
    ) {
      linear = Linear("\(name).0", inputs: inputs, outputs: outputs, pool: pool, using: &generator)
      norm = BatchNorm("\(name).1", width: outputs, pool: pool)
      self.dropout = Dropout(rate: dropout)
    }

    var parameters: [Parameter] { linear.parameters + norm.parameters }

    func callAsFunction(_ x: Variable, _ pass: inout Pass) -> Variable {
      dropout(rectifying: norm(linear(x), pass), &pass)
    }
  }

  private let branches: [Block]
  private let joined: [Block]
  private let last: Linear

  /// Names of its tensors begin with this.
  static let prefix = "ic50."

  init(
    genes: Int, width: Int, dropout: Float, pool: BufferPool, using generator: inout some RandomNumberGenerator
  ) {
    let narrow = max(1, width / 8)
    var branches: [Block] = []
    for name in ["before", "after", "compound"] {
      branches.append(Block("\(Self.prefix)\(name)", genes, width, dropout, pool, using: &generator))
    }
    self.branches = branches
    joined = [
      Block("\(Self.prefix)head.0", 3 * width, width, dropout, pool, using: &generator),
      Block("\(Self.prefix)head.1", width, narrow, dropout, pool, using: &generator),
    ]
    last = Linear("\(Self.prefix)head.2", inputs: narrow, outputs: 1, pool: pool, using: &generator)
  }

  var parameters: [Parameter] { (branches + joined).flatMap(\.parameters) + last.parameters }

  var buffers: [Buffer] { (branches + joined).flatMap(\.norm.buffers) }

  /// Pairs x 1; each input is pairs x genes.
  func callAsFunction(_ before: Variable, _ after: Variable, _ compound: Variable, _ pass: inout Pass) -> Variable {
    var parts: [Variable] = []
    for (branch, x) in zip(branches, [before, after, compound]) { parts.append(branch(x, &pass)) }
    var x = Variable.concatenated(parts, axis: 1)
    for block in joined { x = block(x, &pass) }
    return last(x)
  }
}
