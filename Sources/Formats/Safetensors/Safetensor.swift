/// One tensor of a checkpoint, its values in row-major order.
package struct Safetensor: Sendable, Equatable {
  package enum Values: Sendable, Equatable {
    case floats([Float])
    case doubles([Double])
    case integers([Int64])

    package var count: Int {
      switch self {
      case .floats(let values): values.count
      case .doubles(let values): values.count
      case .integers(let values): values.count
      }
    }
  }

  /// Empty for a single value.
  package let shape: [Int]
  package let values: Values

  /// A tensor of as many values as its shape has places.
  package init(shape: [Int], values: Values) {
    precondition(shape.allSatisfy { $0 >= 0 }, "a shape of \(shape)")
    precondition(values.count == shape.reduce(1, *), "\(values.count) values for a shape of \(shape)")
    self.shape = shape
    self.values = values
  }

  /// A tensor of single-precision numbers, as weights are.
  package init(shape: [Int], _ floats: [Float]) { self.init(shape: shape, values: .floats(floats)) }
}

extension Safetensor.Values {
  /// The type that these values have in a file.
  var element: SafetensorsElement {
    switch self {
    case .floats: .float32
    case .doubles: .float64
    case .integers: .int64
    }
  }

  /// The values as they stand in a file.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    switch self {
    case .floats(let values): try values.withUnsafeBytes(body)
    case .doubles(let values): try values.withUnsafeBytes(body)
    case .integers(let values): try values.withUnsafeBytes(body)
    }
  }
}
