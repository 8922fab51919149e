/// Memory of tensors that are gone, kept for those to come: a training step asks for the same sizes as the last one.
///
/// One thread at a time may use it and the tensors it gave.
package final class BufferPool {
  private var free: [Int: [UnsafeMutablePointer<Float>]] = [:]
  /// Bytes taken from the system, in use or waiting.
  package private(set) var bytes = 0

  package init() {}

  deinit {
    for buffers in free.values { for buffer in buffers { UnsafeMutableRawPointer(buffer).deallocate() } }
  }

  /// Memory for at least `count` numbers, on a boundary of 64 bytes, with whatever stands in it.
  func take(_ count: Int) -> (pointer: UnsafeMutablePointer<Float>, capacity: Int) {
    let capacity = BufferPool.capacity(for: count)
    if let pointer = free[capacity]?.popLast() { return (pointer, capacity) }
    bytes += capacity * MemoryLayout<Float>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: capacity * MemoryLayout<Float>.stride, alignment: 64)
    return (raw.bindMemory(to: Float.self, capacity: capacity), capacity)
  }

  func give(_ pointer: UnsafeMutablePointer<Float>, _ capacity: Int) { free[capacity, default: []].append(pointer) }

  /// Sizes are rounded up to an eighth of their power of two, so that batches of nearly one size share memory.
  private static func capacity(for count: Int) -> Int {
    let step = max(16, 1 << max(0, Int.bitWidth - count.leadingZeroBitCount - 4))
    return max(step, (count + step - 1) / step * step)
  }
}
