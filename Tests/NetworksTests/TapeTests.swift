import Matrices
import Randomness
import Testing

@testable import Networks

@Suite("Tape")
struct TapeTests {
  private let pool = BufferPool()
  private let lanes = Lanes(2)

  private func tensor(_ values: Float...) -> Tensor { Tensor([values.count], values, pool: pool) }

  @Test("adds the gradients of all the ways a variable is used")
  func severalUses() throws {
    let tape = Tape(lanes: lanes, pool: pool)
    let x = tape.variable(tensor(2, 3))
    let square = x * x
    let sum = (square + x + x * square).sum()
    let gradient = try #require(tape.gradients(of: sum, by: [x])[0])
    #expect(gradient.value.values == [17, 34], "2 x + 1 + 3 x^2")
  }

  @Test("does not change a gradient that is still seen elsewhere")
  func sharedGradients() throws {
    let tape = Tape(lanes: lanes, pool: pool)
    let (x, y) = (tape.variable(tensor(1, 2)), tape.variable(tensor(3, 4)))
    // The same tensor is the gradient by `x + y`, by `x` and by `y`, before more is added to that by `x`.
    let more = x.scaled(by: 5)
    let both = x + y
    let gradients = tape.gradients(of: (both + more).sum(), by: [both, y, x]).map { $0?.value.values }
    #expect(gradients == [[1, 1], [1, 1], [6, 6]])
  }

  @Test("gives no gradient by what the result does not depend on, by constants, or without a record")
  func noGradient() {
    let tape = Tape(lanes: lanes, pool: pool)
    let (x, y, constant) = (tape.variable(tensor(1)), tape.variable(tensor(2)), tape.constant(tensor(3)))
    let parameter = Parameter("p", tensor(4))
    #expect(
      tape.gradients(of: (x * constant).sum(), by: [y, constant, x]).map { $0?.value.values } == [nil, nil, [3]])
    #expect(tape.gradients(of: tape.constant(1), by: [parameter]).allSatisfy { $0 == nil })
    let silent = Tape(isRecording: false, lanes: lanes, pool: pool)
    let z = silent.variable(tensor(1))
    #expect(!z.exp().needsGradient)
    #expect(silent.gradients(of: z, by: [z])[0] == nil)
  }

  @Test("tells a backward pass which gradients are wanted, so that it finds no others")
  func wanted() {
    let tape = Tape(lanes: lanes, pool: pool)
    let (x, y) = (tape.variable(tensor(1)), tape.variable(tensor(2)))
    let (one, two) = (x.exp(), y.exp())
    var needed: [Bool] = []
    let result = tape.record(tensor(3), of: [one, two]) { _, gradient in
      needed = [one.needsGradient, two.needsGradient]
      return [gradient, gradient]
    }
    _ = tape.gradients(of: result, by: [y], areDifferentiable: true)
    #expect(needed == [false, true])
    _ = tape.gradients(of: result, by: [x, y], areDifferentiable: true)
    #expect(needed == [true, true])
    #expect(one.needsGradient && !tape.constant(1).needsGradient)
  }

  @Test("a detached variable stops the gradient, and outlasts the record")
  func detached() {
    let tape = Tape(lanes: lanes, pool: pool)
    let x = tape.variable(tensor(3))
    let square = x.squared()
    let kept = square.detached
    #expect(tape.gradients(of: (kept * x).sum(), by: [x])[0]?.value.values == [9])
    let again = tape.variable(tensor(2))
    #expect(tape.gradients(of: (kept * again).sum(), by: [again])[0]?.value.values == [9])
  }

  @Test("refuses a variable that was taken off, as another may stand in its place")
  func staleVariable() async {
    await #expect(processExitsWith: .failure) {
      let pool = BufferPool()
      let tape = Tape(lanes: Lanes(1), pool: pool)
      let x = tape.variable(Tensor([1], [2], pool: pool))
      _ = tape.gradients(of: x.sum(), by: [x])
      _ = tape.variable(Tensor([1], [3], pool: pool))
      _ = x.squared()
    }
  }

  @Test("a parameter is one variable, however often it is used, until the record is taken off")
  func parameters() {
    let tape = Tape(lanes: lanes, pool: pool)
    let parameter = Parameter("p", tensor(3))
    let sum = (tape.variable(parameter) * tape.variable(parameter)).sum()
    #expect(tape.gradients(of: sum, by: [parameter])[0]?.values == [6])
    parameter.value.pointer[0] = 4
    #expect(tape.gradients(of: tape.variable(parameter).squared().sum(), by: [parameter])[0]?.values == [8])
  }

  /// Buffers are kept for the next step: the third must need no more than the thirtieth.
  @Test("gives back all its memory: 30 steps need no more than three", arguments: [false, true])
  func memory(areDifferentiable: Bool) {
    let pool = BufferPool()
    var random = SeededRandom(seed: 1)
    let (perceptron, norm) = (
      Perceptron("p", widths: [9, 7, 5], pool: pool, using: &random), BatchNorm("n", width: 5, pool: pool)
    )
    let last = Linear("l", inputs: 5, outputs: 1, pool: pool, using: &random)
    let parameters = (areDifferentiable ? [] : perceptron.parameters + norm.parameters) + last.parameters
    var adam = Adam(parameters, pool: pool)
    let tape = Tape(lanes: lanes, pool: pool)
    let x = Tensor(normal: [11, areDifferentiable ? 5 : 9], pool: pool, using: &random)
    var pass = Pass.training(random)
    var bytes: [Int] = []
    for _ in 0..<30 {
      if areDifferentiable {
        let input = tape.variable(x)
        let score = last(Dropout(rate: 0.1)(input.rectified(slope: 0.2).gelu(), &pass)).sum()
        let gradient = tape.gradients(of: score, by: [input], areDifferentiable: true)[0]
        let penalty = gradient.map { $0.squared().sum() } ?? score
        adam.step(tape.gradients(of: penalty, by: parameters), learningRate: 1e-3, lanes: lanes)
      } else {
        let out = last(Dropout(rate: 0.1)(norm(perceptron(tape.constant(x)), pass).gelu(), &pass))
        let loss = out.softmax().maximum(along: [1]).sum() + out.squared().sum()
        adam.step(tape.gradients(of: loss, by: parameters), learningRate: 1e-3, lanes: lanes)
      }
      bytes.append(pool.bytes)
    }
    #expect(bytes[2] == bytes[29])
  }

  @Test("buffers of nearly one size share memory, and memory that is given back is taken again")
  func reuse() {
    let pool = BufferPool()
    var pointers: Set<UnsafeMutablePointer<Float>> = []
    for count in 1_000...1_024 {
      let tensor = Tensor([count], repeating: 0, pool: pool)
      pointers.insert(tensor.pointer)
    }
    #expect(pointers.count == 1)
    #expect(pool.bytes == 4 * 1_024)
    for count in 0...3_000 {
      let (pointer, capacity) = pool.take(count)
      #expect(capacity >= count && (count < 128 || capacity * 8 <= count * 9 + 8))
      pool.give(pointer, capacity)
    }
  }
}
