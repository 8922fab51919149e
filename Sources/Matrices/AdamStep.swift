import CVector

/// One step of Adam on the numbers of one parameter, in place.
///
/// Kingma and Ba 2015, algorithm 1, as PyTorch's `Adam` computes it: the decay of weights is added to the gradient.
package struct AdamStep: Sendable {
  package var learningRate: Double
  package var firstDecay: Double
  package var secondDecay: Double
  package var epsilon: Float
  package var weightDecay: Float
  /// Number of this step, counted from 1.
  package var number: Int

  package init(
    learningRate: Double, firstDecay: Double = 0.9, secondDecay: Double = 0.999, epsilon: Float = 1e-8,
    weightDecay: Float = 0, number: Int
  ) {
    self.learningRate = learningRate
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.number = number
  }

  package func run(
    _ parameter: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, first: UnsafeMutablePointer<Float>,
    second: UnsafeMutablePointer<Float>, count: Int, lanes: Lanes
  ) {
    let factors = CVector_AdamFactors(
      step: Float(learningRate / (1 - power(firstDecay))), root: Float((1 - power(secondDecay)).squareRoot()),
      one: Float(1 - firstDecay), two: Float(1 - secondDecay), keepsOne: Float(firstDecay),
      keepsTwo: Float(secondDecay), epsilon: epsilon, weightDecay: weightDecay)
    lanes.split(count, least: Elementwise.least) { part in
      let start = part.lowerBound
      CVector_adamStep(parameter + start, gradient + start, first + start, second + start, factors, part.count)
    }
  }

  /// `base` to the power of the step's number, by repeated squaring: the same bits on every machine.
  private func power(_ base: Double) -> Double {
    var (result, square, rest) = (1.0, base, number)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
