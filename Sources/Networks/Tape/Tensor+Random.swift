import Randomness

extension Tensor {
  /// Numbers drawn evenly between `-bound` and `bound`.
  package init(
    _ shape: [Int], uniformWithin bound: Float, pool: BufferPool, using generator: inout some RandomNumberGenerator
  ) {
    self.init(shape, pool: pool)
    for index in 0..<count { pointer[index] = (2 * generator.uniform() - 1) * bound }
  }

  /// Numbers of the normal distribution with mean 0 and deviation 1.
  package init(normal shape: [Int], pool: BufferPool, using generator: inout some RandomNumberGenerator) {
    self.init(shape, pool: pool)
    for index in 0..<count { pointer[index] = generator.normal() }
  }
}
