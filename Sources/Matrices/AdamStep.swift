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
    let step = Float(learningRate / (1 - power(firstDecay)))
    let root = Float((1 - power(secondDecay)).squareRoot())
    let (one, two) = (Float(1 - firstDecay), Float(1 - secondDecay))
    let (keepsOne, keepsTwo) = (Float(firstDecay), Float(secondDecay))
    lanes.split(count, least: Elementwise.least) { part in
      @inline(__always)
      func update(_ old: Vector, _ slope: Vector, _ mean: Vector, _ square: Vector) -> (Vector, Vector, Vector) {
        let slope = slope + weightDecay * old
        let mean = keepsOne * mean + one * slope
        let square = keepsTwo * square + two * slope * slope
        return (old - step * (mean / (squareRoot(square) / root + epsilon)), mean, square)
      }
      var index = part.lowerBound
      while index < part.upperBound {
        let count = Swift.min(Vector.scalarCount, part.upperBound - index)
        if count == Vector.scalarCount {
          let (new, mean, square) = update(
            UnsafePointer(parameter).vector(at: index), gradient.vector(at: index),
            UnsafePointer(first).vector(at: index), UnsafePointer(second).vector(at: index))
          parameter.set(new, at: index)
          first.set(mean, at: index)
          second.set(square, at: index)
        } else {
          let (new, mean, square) = update(
            UnsafePointer(parameter).vector(at: index, first: count), gradient.vector(at: index, first: count),
            UnsafePointer(first).vector(at: index, first: count), UnsafePointer(second).vector(at: index, first: count))
          parameter.set(new, at: index, first: count)
          first.set(mean, at: index, first: count)
          second.set(square, at: index, first: count)
        }
        index += count
      }
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
