import Matrices
import Testing

@testable import Networks

/// A batch without rows goes through whatever has a meaning without rows.
@Suite("Empty tensors")
struct EmptyTests {
  private let pool = BufferPool()

  @Test("go through operations, with gradients that are zero")
  func operations() throws {
    let tape = Tape(lanes: Lanes(2), pool: pool)
    let x = tape.variable(Tensor([0, 3], [], pool: pool))
    let weight = tape.variable(Tensor([2, 3], repeating: 1, pool: pool))
    let bias = tape.variable(Tensor([2], repeating: 1, pool: pool))
    let scale = tape.variable(Tensor([2], repeating: 1, pool: pool))
    let y = x.linear(weight, bias).layerNormalized(scale: scale, shift: bias).gelu().softmax().exp() * scale
    #expect(y.shape == [0, 2])
    let scores = y.product(y, transposesLeft: true) + y.transposed(0, 1).product(y)
    #expect(scores.value.values == [0, 0, 0, 0])
    let parts = Variable.concatenated([y, y], axis: 1).sum(along: [0]).value.values
    #expect(parts == [0, 0, 0, 0])
    #expect(y.maximum(along: [1]).shape == [0])
    let gradients = tape.gradients(of: scores.sum() + y.sum(), by: [weight, bias, scale, x])
    #expect(gradients.map { $0?.value.values } == [[0, 0, 0, 0, 0, 0], [0, 0], [0, 0], []])
  }

  @Test("of no columns have row sums of zero")
  func noColumns() {
    let tape = Tape(lanes: Lanes(1), pool: pool)
    let x = tape.variable(Tensor([3, 0], [], pool: pool))
    #expect(x.sumOfRows().value.values == [0, 0, 0])
    #expect(x.product(x, transposesRight: true).value.values == [Float](repeating: 0, count: 9))
    #expect(x.softmax().shape == [3, 0])
    #expect(x.sum().value.scalar == 0)
  }
}
