/// Numbers of a shape, row after row. Once made, nothing changes them but the optimiser, which owns its parameters, and
/// a layer, which owns its buffers.
package struct Tensor {
  /// The memory of one tensor, or of several that see parts of it.
  final class Storage {
    let pointer: UnsafeMutablePointer<Float>
    private let capacity: Int
    private let pool: BufferPool

    init(_ count: Int, _ pool: BufferPool) {
      (pointer, capacity) = pool.take(count)
      self.pool = pool
    }

    deinit { pool.give(pointer, capacity) }
  }

  package let shape: [Int]
  private(set) var storage: Storage
  private let offset: Int

  /// A tensor with whatever stands in its memory.
  package init(_ shape: [Int], pool: BufferPool) {
    precondition(shape.allSatisfy { $0 >= 0 }, "a tensor of shape \(shape)")
    self.shape = shape
    storage = Storage(shape.reduce(1, *), pool)
    offset = 0
  }

  package init(_ shape: [Int], _ values: [Float], pool: BufferPool) {
    self.init(shape, pool: pool)
    precondition(values.count == count, "\(values.count) values for a tensor of shape \(shape)")
    for (index, value) in values.enumerated() { pointer[index] = value }
  }

  package init(_ shape: [Int], repeating value: Float, pool: BufferPool) {
    self.init(shape, pool: pool)
    pointer.update(repeating: value, count: count)
  }

  private init(shape: [Int], storage: Storage, offset: Int) {
    self.shape = shape
    self.storage = storage
    self.offset = offset
  }

  package var count: Int { shape.reduce(1, *) }

  /// All sizes but the last, multiplied.
  package var rows: Int { shape.dropLast().reduce(1, *) }

  /// The last size; 1 for a single number.
  package var columns: Int { shape.last ?? 1 }

  /// Where the numbers stand; valid as long as the tensor is.
  package var pointer: UnsafeMutablePointer<Float> { storage.pointer + offset }

  package var values: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// The number of a tensor that has one.
  package var scalar: Float {
    precondition(count == 1, "a tensor of shape \(shape) is no single number")
    return pointer[0]
  }

  /// Takes as many numbers as it has, in place of its own.
  package func fill(_ values: [Float]) {
    precondition(values.count == count, "\(values.count) values for a tensor of shape \(shape)")
    values.withUnsafeBufferPointer { if let start = $0.baseAddress { pointer.update(from: start, count: count) } }
  }

  /// The same numbers in another shape.
  package func reshaped(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "shape \(self.shape) cannot become \(shape)")
    return Tensor(shape: shape, storage: storage, offset: offset)
  }

  /// A range along the first axis, without a copy.
  package func rows(_ range: Range<Int>) -> Tensor {
    precondition(!shape.isEmpty && range.lowerBound >= 0 && range.upperBound <= shape[0], "rows \(range) of \(shape)")
    let width = shape.dropFirst().reduce(1, *)
    return Tensor(
      shape: [range.count] + shape.dropFirst(), storage: storage, offset: offset + range.lowerBound * width)
  }

  /// Whether nobody else sees this memory.
  mutating func isOnlyOwner() -> Bool { isKnownUniquelyReferenced(&storage) }
}
