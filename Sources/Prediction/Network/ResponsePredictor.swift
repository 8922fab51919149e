import Networks

/// A network that gives the log odds of a response for pairs of a sample and a drug.
///
/// Each branch is Linear, BatchNorm, ReLU and Dropout to one width; what they give stands side by side before the head.
/// A branch that is left out takes its columns with it. Names are those of the published code in PyTorch.
package struct ResponsePredictor {
  package struct Shape: Sendable, Equatable, Codable {
    /// In the order of `PredictorBranch.allCases`.
    package var branches: [PredictorBranch]
    /// Numbers of a pair's expression after the drug, and of a drug.
    package var genes: Int
    /// Numbers of a rank embedding.
    package var rank: Int
    /// Numbers that each branch gives.
    package var width: Int
    package var head: PredictorHead
    /// Of the head's hidden layers.
    package var hidden: [Int]

    package init(
      without absent: Set<PredictorBranch> = [], genes: Int = 978, rank: Int = 256, width: Int = 256,
      head: PredictorHead, hidden: [Int]? = nil
    ) {
      branches = PredictorBranch.allCases.filter { !absent.contains($0) }
      (self.genes, self.rank, self.width, self.head) = (genes, rank, width, head)
      self.hidden = hidden ?? head.widths
      precondition(
        !branches.isEmpty && self.hidden.count == head.widths.count, "branches \(branches), head \(self.hidden)")
    }

    package func inputs(of branch: PredictorBranch) -> Int { branch == .rank ? rank : genes }
  }

  /// Linear and BatchNorm of a branch; ReLU and Dropout follow.
  package struct Branch {
    package let kind: PredictorBranch
    package let linear: Linear
    package let norm: BatchNorm
  }

  /// What a branch is given: a row a pair, or rows of samples or drugs with the row of each pair.
  package struct Input {
    package let values: Tensor
    package let rows: [Int]?

    /// `rows`: one a pair; nil where `values` has a row a pair.
    package init(_ values: Tensor, rows: [Int]? = nil) { (self.values, self.rows) = (values, rows) }
  }

  package let shape: Shape
  package let branches: [Branch]
  package let head: Head
  private let dropout: Dropout

  /// `dropout`: the rate behind each branch, and in a reference head.
  package init(
    _ shape: Shape, dropout: Float = 0.1, pool: BufferPool, using generator: inout some RandomNumberGenerator
  ) {
    self.shape = shape
    var branches: [Branch] = []
    for kind in shape.branches {
      let linear = Linear(
        "\(kind.layers).0", inputs: shape.inputs(of: kind), outputs: shape.width, pool: pool, using: &generator)
      branches.append(
        Branch(kind: kind, linear: linear, norm: BatchNorm("\(kind.layers).1", width: shape.width, pool: pool)))
    }
    self.branches = branches
    head = Head(shape, dropout: dropout, pool: pool, using: &generator)
    self.dropout = Dropout(rate: dropout)
  }

  package var parameters: [Parameter] {
    branches.flatMap { $0.linear.parameters + $0.norm.parameters } + head.parameters
  }

  package var buffers: [Buffer] { branches.flatMap(\.norm.buffers) + head.buffers }

  /// Log odds, one a pair. Each branch of the shape has its input.
  ///
  /// A branch's Linear runs over the rows that there are, its BatchNorm over those of the pairs: a drug of many pairs
  /// counts in the batch's mean as often as it has pairs.
  package func callAsFunction(_ inputs: [PredictorBranch: Input], _ pass: inout Pass, on tape: Tape) -> Variable {
    var parts: [Variable] = []
    for branch in branches {
      guard let input = inputs[branch.kind] else { preconditionFailure("no input for the branch \(branch.kind)") }
      let rows = branch.linear(tape.constant(input.values))
      let pairs = input.rows.map(rows.gathered) ?? rows
      parts.append(dropout(rectifying: branch.norm(pairs, pass), &pass))
    }
    return head(Variable.concatenated(parts, axis: 1), &pass)
  }
}
