/// The negative log-likelihood of targets between 0 and 1, given the logarithms of the odds.
package enum LogisticLoss {
  /// The sum over all numbers of max(x, 0) - x y + log(1 + e^-|x|), which overflows nowhere.
  package static func sum(_ logits: UnsafePointer<Float>, targets: UnsafePointer<Float>, count: Int) -> Double {
    Matrices.sum(0..<count) {
      loss(logits.vector(at: $0), targets.vector(at: $0))
    } rest: {
      // Far below 0 with the target 0, the filler adds nothing.
      loss(logits.vector(at: $0, first: $1, filler: -200), targets.vector(at: $0, first: $1))
    }
  }

  @inline(__always)
  private static func loss(_ x: Vector, _ y: Vector) -> Vector {
    let isNegative = x .< 0
    let size = x.replacing(with: -x, where: isNegative)
    return x.replacing(with: 0, where: isNegative) - x * y + log1p(exp(-size))
  }
}
