/// A pickled NumPy array of numbers, sharing the pickle's bytes.
package struct NumpyArray: Sendable, Equatable {
  package let element: PickledElement
  package let shape: [Int]
  private let view: TorchTensor

  /// Nil where the shape does not fit the bytes exactly.
  init?(element: PickledElement, shape: [Int], isFortran: Bool, bytes: ArraySlice<UInt8>) {
    var strides = [Int](repeating: 0, count: shape.count)
    var step = 1
    for axis in isFortran ? Array(shape.indices) : shape.indices.reversed() {
      let next = step.multipliedReportingOverflow(by: shape[axis])
      guard !next.overflow, shape[axis] >= 0 else { return nil }
      strides[axis] = step
      step = next.partialValue
    }
    let size = step.multipliedReportingOverflow(by: element.size)
    let storage = TorchStorage(element: element, bytes: bytes)
    guard !size.overflow, size.partialValue == bytes.count,
      let view = TorchTensor(storage: storage, offset: 0, shape: shape, strides: strides)
    else { return nil }
    self.element = element
    self.shape = shape
    self.view = view
  }

  /// The elements in row-major order as 32-bit floats.
  package func floats() -> [Float] { view.floats() }

  /// The elements in row-major order as integers; floats are cut.
  package func integers() -> [Int] { view.integers() }
}
