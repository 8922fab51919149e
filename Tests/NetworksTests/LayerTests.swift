import Matrices
import Randomness
import Testing

@testable import Networks

@Suite("Layers")
struct LayerTests {
  private let pool = BufferPool()
  private let lanes = Lanes(1)

  @Test("draw weights evenly within PyTorch's bounds")
  func bounds() {
    var random = SeededRandom(seed: 1)
    let linear = Linear("a", inputs: 25, outputs: 40, pool: pool, using: &random)
    let convolution = Conv1d("b", inputs: 5, outputs: 40, width: 5, pool: pool, using: &random)
    for (parameter, shape) in zip(linear.parameters + convolution.parameters, [[40, 25], [40], [40, 5, 5], [40]]) {
      #expect(parameter.value.shape == shape)
      let values = parameter.value.values
      #expect(values.allSatisfy { abs($0) <= 0.2 })
      // Of so many numbers, the largest is near the bound: with 40, one within a fifth of it at 1 - 0.8^40.
      #expect((values.map(abs).max() ?? 0) > 0.16)
      // The deviation of the mean is 0.2 / sqrt(3 * 40); five of them.
      #expect(abs(values.reduce(0, +) / Float(values.count)) < 0.1)
    }
    #expect((linear.parameters + convolution.parameters).map(\.name) == ["a.weight", "a.bias", "b.weight", "b.bias"])
  }

  @Test("an embedding is drawn from the standard normal distribution, and gives the rows of its tokens")
  func embedding() {
    var random = SeededRandom(seed: 2)
    let embedding = Embedding("words", count: 100, width: 30, pool: pool, using: &random)
    let values = embedding.weight.value.values
    // 3,000 numbers: five deviations of the mean, 5 / sqrt(3000), and of the variance, 5 sqrt(2 / 3000).
    let mean = values.reduce(0, +) / 3_000
    #expect(abs(mean) < 0.092)
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 3_000 - 1) < 0.13)
    let tape = Tape(lanes: lanes, pool: pool)
    #expect(
      embedding([99, 0, 99], on: tape).value.values == Array(values[2_970...] + values[..<30] + values[2_970...]))
    #expect(embedding([], on: tape).shape == [0, 30])
  }

  @Test("an embedding refuses a token that it has no vector for")
  func unknownToken() async {
    await #expect(processExitsWith: .failure) {
      let pool = BufferPool()
      var random = SeededRandom(seed: 2)
      let embedding = Embedding("words", count: 3, width: 2, pool: pool, using: &random)
      _ = embedding([3], on: Tape(lanes: Lanes(1), pool: pool))
    }
  }

  @Test("a convolution is the operation with its parameters")
  func convolution() {
    var random = SeededRandom(seed: 3)
    let layer = Conv1d("b", inputs: 2, outputs: 3, width: 3, stride: 2, padding: 1, pool: pool, using: &random)
    let tape = Tape(lanes: lanes, pool: pool)
    let x = tape.constant(Tensor(normal: [2, 2, 9], pool: pool, using: &random))
    let expected = x.convolved(tape.variable(layer.weight), tape.variable(layer.bias), stride: 2, padding: 1)
    #expect(layer(x).shape == [2, 3, 5])
    #expect(layer(x).value.values == expected.value.values)
  }
}
