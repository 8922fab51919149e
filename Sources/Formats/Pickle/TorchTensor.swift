/// The flat memory under one or more tensors.
package struct TorchStorage: Sendable, Equatable {
  package var element: PickledElement
  package var bytes: ArraySlice<UInt8>

  package var count: Int { bytes.count / element.size }
}

/// A PyTorch tensor: a strided view of a storage, shared with the file's bytes and not copied.
package struct TorchTensor: Sendable, Equatable {
  package let storage: TorchStorage
  package let shape: [Int]
  /// Steps of each axis, in elements.
  package let strides: [Int]
  /// First element, counted in elements from the storage's start.
  package let offset: Int

  package var element: PickledElement { storage.element }
  package var count: Int { shape.reduce(1, *) }

  /// A view that lies within its storage; nil for any other.
  ///
  /// A view that repeats elements may hold a million of them, or as many as its storage.
  init?(storage: TorchStorage, offset: Int, shape: [Int], strides: [Int]) {
    guard offset >= 0, shape.count == strides.count, shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 })
    else { return nil }
    var count = 1
    var last = offset
    for (length, stride) in zip(shape, strides) {
      let product = count.multipliedReportingOverflow(by: length)
      let reach = max(length - 1, 0).multipliedReportingOverflow(by: stride)
      let sum = last.addingReportingOverflow(reach.partialValue)
      guard !product.overflow, !reach.overflow, !sum.overflow else { return nil }
      count = product.partialValue
      last = sum.partialValue
    }
    guard count == 0 || last < storage.count, count <= max(storage.count, 1 << 20) else { return nil }
    self.storage = storage
    self.shape = shape
    self.strides = strides
    self.offset = offset
  }

  /// The elements in row-major order as 32-bit floats.
  package func floats() -> [Float] {
    let count = count
    return storage.bytes.withUnsafeBytes { bytes in
      if isContiguous { return element.floats(bytes, from: offset, count: count) }
      return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
        forEachIndex {
          buffer[filled] = element.float(bytes, at: $0); filled += 1
        }
      }
    }
  }

  /// The elements in row-major order as integers; floats are cut.
  package func integers() -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(count)
    storage.bytes.withUnsafeBytes { bytes in
      forEachIndex { result.append(element.integer(bytes, at: $0)) }
    }
    return result
  }

  private var isContiguous: Bool {
    var step = 1
    for (length, stride) in zip(shape, strides).reversed() {
      if length != 1, stride != step { return false }
      step *= max(length, 1)
    }
    return true
  }

  private func forEachIndex(_ visit: (Int) -> Void) {
    guard count > 0 else { return }
    var index = [Int](repeating: 0, count: shape.count)
    var at = offset
    while true {
      visit(at)
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        at += strides[axis]
        if index[axis] < shape[axis] { break }
        at -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}

extension PickledElement {
  /// A run of elements as 32-bit floats.
  func floats(_ bytes: UnsafeRawBufferPointer, from start: Int, count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      if self == .float32 {
        let run = UnsafeRawBufferPointer(rebasing: bytes[(start * 4)..<((start + count) * 4)])
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: run)
      } else {
        for index in 0..<count { buffer[index] = float(bytes, at: start + index) }
      }
      filled = count
    }
  }
}
