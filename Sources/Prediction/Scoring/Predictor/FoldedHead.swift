import Matrices
import Networks

/// The heads of all folds' predictors. What a branch gives to the first layer is a share of its own, so that a sample's
/// and a drug's are computed once.
struct FoldedHead {
  /// One fold's layers.
  private struct Fold {
    /// Of each branch, hidden x width, with the first layer's BatchNorm folded in.
    let shares: [PredictorBranch: Tensor]
    /// Of the first layer, hidden.
    let bias: Tensor
    /// The second layer, where there is one.
    let hidden: (weight: Tensor, bias: Tensor)?
    /// One row.
    let last: Tensor
    let lastBias: Float
  }

  private let folds: [Fold]
  private let width: Int
  /// Width of the first layer, and of the second where there is one.
  let first: Int
  let second: Int
  /// Of a first layer, for a fold without the second.
  private let zeros: Tensor

  init(_ predictors: [ResponsePredictor], pool: BufferPool) {
    precondition(!predictors.isEmpty, "a head of no folds")
    let shape = predictors[0].shape
    (width, first, second) = (shape.width, shape.hidden[0], shape.hidden.count > 1 ? shape.hidden[1] : 0)
    zeros = Tensor([max(first, second)], repeating: 0, pool: pool)
    folds = predictors.map { Self.fold(of: $0, pool: pool) }
  }

  private static func fold(of predictor: ResponsePredictor, pool: BufferPool) -> Fold {
    let (shape, layers) = (predictor.shape, predictor.head.layers)
    let (width, hidden) = (shape.width, shape.hidden[0])
    let norm = predictor.head.norm.map(FoldedBatchNorm.init) ?? FoldedBatchNorm(width: hidden)
    let (weight, bias) = (norm.weight(of: layers[0]), norm.bias(of: layers[0]))
    var shares: [PredictorBranch: Tensor] = [:]
    for (place, branch) in shape.branches.enumerated() {
      let start = place * width
      var values: [Float] = []
      for row in 0..<hidden {
        let first = row * shape.branches.count * width + start
        values += weight[first..<(first + width)]
      }
      shares[branch] = Tensor([hidden, width], values, pool: pool)
    }
    let last = layers[layers.count - 1]
    return Fold(
      shares: shares, bias: Tensor([hidden], bias, pool: pool),
      hidden: layers.count > 2
        ? (layers[1].weight.value, layers[1].bias?.value ?? Tensor([shape.hidden[1]], repeating: 0, pool: pool)) : nil,
      last: last.weight.value, lastBias: last.bias?.value.scalar ?? 0)
  }

  var count: Int { folds.count }

  /// What a branch gives to the first layer of all folds, rows x (folds x first), from rows x (folds x width).
  func share(
    of branch: PredictorBranch, _ x: UnsafePointer<Float>, rows: Int, into out: UnsafeMutablePointer<Float>
  ) {
    for (place, fold) in folds.enumerated() {
      share(fold, branch, x + place * width, rows: rows, into: out + place * first, stride: folds.count * first)
    }
  }

  private func share(
    _ fold: Fold, _ branch: PredictorBranch, _ x: UnsafePointer<Float>, rows: Int,
    into out: UnsafeMutablePointer<Float>, stride: Int
  ) {
    guard let weight = fold.shares[branch] else { preconditionFailure("the head has no branch \(branch)") }
    StridedProduct(
      rows: rows, columns: first, depth: width, leftStride: folds.count * width, rightStride: width,
      resultStride: stride, transposesRight: true
    ).run(x, weight.pointer, into: out)
  }

  /// Adds the first layers' biases to rows x (folds x first).
  func addBias(to x: UnsafeMutablePointer<Float>, rows: Int) {
    for row in 0..<rows {
      for (place, fold) in folds.enumerated() {
        let own = x + (row * folds.count + place) * first
        BiasedActivation.identity.run(own, bias: fold.bias.pointer, rows: 1, columns: first)
      }
    }
  }

  /// Log odds of pairs, rows x folds: of one sample with as many drugs as `drugs` has rows, sample after sample.
  ///
  /// `perturbation`: rows x (folds x width), nil where the branch is left out. `samples` and `drugs`: the shares of each,
  /// x (folds x first); biases are in one of them. `scratch`: rows x (first + second).
  func run(
    perturbation: UnsafePointer<Float>?, samples: (rows: UnsafePointer<Float>, count: Int),
    drugs: (rows: UnsafePointer<Float>, count: Int), into out: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let rows = samples.count * drugs.count
    let (one, two) = (scratch, scratch + rows * first)
    for (place, fold) in folds.enumerated() {
      if let perturbation {
        share(fold, .perturbation, perturbation + place * width, rows: rows, into: one, stride: first)
      } else {
        one.update(repeating: 0, count: rows * first)
      }
      let start = place * first
      for row in 0..<rows {
        RectifiedRow.add(
          samples.rows + row / drugs.count * folds.count * first + start,
          drugs.rows + row % drugs.count * folds.count * first + start, to: one + row * first, count: first)
      }
      finish(fold, one, two, rows: rows, into: out + place)
    }
  }

  /// From the first layer's result to the log odds, every `folds.count` numbers.
  private func finish(
    _ fold: Fold, _ one: UnsafeMutablePointer<Float>, _ two: UnsafeMutablePointer<Float>, rows: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    var (top, columns) = (one, first)
    if let hidden = fold.hidden {
      StridedProduct(
        rows: rows, columns: second, depth: first, leftStride: first, rightStride: first, resultStride: second,
        transposesRight: true
      ).run(one, hidden.weight.pointer, into: two)
      for row in 0..<rows {
        RectifiedRow.add(hidden.bias.pointer, zeros.pointer, to: two + row * second, count: second)
      }
      (top, columns) = (two, second)
    }
    for row in 0..<rows {
      out[row * folds.count] =
        RectifiedRow.product(top + row * columns, fold.last.pointer, count: columns) + fold.lastBias
    }
  }
}
