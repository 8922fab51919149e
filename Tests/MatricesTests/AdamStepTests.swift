import Testing

@testable import Matrices

@Suite("A step of Adam")
struct AdamStepTests {
  /// Each number goes through a dozen roundings to 2^-24; the root of the second moment halves its share.
  @Test("is Kingma and Ba's in double precision", arguments: [1, 7, 8, 9, 978], [0, 0.1] as [Float])
  func step(count: Int, weightDecay: Float) {
    let (start, gradient) = (numbers(count, seed: 1), numbers(count, seed: 2))
    var (value, first, second) = (start, [Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
    var (exact, mean, square) = (
      start.map(Double.init), [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
    )
    for number in 1...4 {
      AdamStep(learningRate: 0.01, weightDecay: weightDecay, number: number).run(
        &value, gradient: gradient, first: &first, second: &second, count: count, lanes: Lanes(1))
      var (one, two) = (1.0, 1.0)
      for _ in 0..<number { (one, two) = (one * 0.9, two * 0.999) }
      for index in 0..<count {
        let slope = Double(gradient[index]) + Double(weightDecay) * exact[index]
        mean[index] = 0.9 * mean[index] + 0.1 * slope
        square[index] = 0.999 * square[index] + 0.001 * slope * slope
        exact[index] -= 0.01 * mean[index] / (1 - one) / ((square[index] / (1 - two)).squareRoot() + 1e-8)
      }
    }
    for (value, exact) in zip(value, exact) { #expect(abs(Double(value) - exact) <= 1e-6) }
  }
}
