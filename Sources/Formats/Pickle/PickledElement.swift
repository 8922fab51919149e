/// Type of the elements of a pickled array or tensor, little-endian.
package enum PickledElement: Sendable, Equatable {
  case float16, bfloat16, float32, float64
  case int8, int16, int32, int64
  case uint8, uint16, uint32, uint64
  case boolean

  package var size: Int {
    switch self {
    case .int8, .uint8, .boolean: 1
    case .float16, .bfloat16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// From NumPy's two-character code such as f4.
  init?(numpy code: String) {
    let codes: [String: PickledElement] = [
      "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
      "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "b1": .boolean,
    ]
    guard let element = codes[code] else { return nil }
    self = element
  }

  /// From the name of a PyTorch storage class.
  init?(torchStorage name: String) {
    let names: [String: PickledElement] = [
      "HalfStorage": .float16, "BFloat16Storage": .bfloat16, "FloatStorage": .float32, "DoubleStorage": .float64,
      "CharStorage": .int8, "ShortStorage": .int16, "IntStorage": .int32, "LongStorage": .int64,
      "ByteStorage": .uint8, "BoolStorage": .boolean, "UntypedStorage": .uint8,
    ]
    guard let element = names[name] else { return nil }
    self = element
  }

  /// The element at an index of elements as a 32-bit float.
  func float(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Float {
    let offset = index * size
    switch self {
    case .float16: return Self.widened(half: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    case .bfloat16:
      return Float(bitPattern: UInt32(bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)) << 16)
    case .float32: return bytes.loadUnaligned(fromByteOffset: offset, as: Float.self)
    case .float64: return Float(bytes.loadUnaligned(fromByteOffset: offset, as: Double.self))
    case .uint64: return Float(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    default: return Float(integer(bytes, at: index))
    }
  }

  /// The element at an index as an integer; unsigned 64-bit ones keep their bits, floats are cut.
  func integer(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let offset = index * size
    switch self {
    case .int8: return Int(bytes.loadUnaligned(fromByteOffset: offset, as: Int8.self))
    case .int16: return Int(bytes.loadUnaligned(fromByteOffset: offset, as: Int16.self))
    case .int32: return Int(bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
    case .int64, .uint64: return Int(bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self))
    case .uint8: return Int(bytes[offset])
    case .uint16: return Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    case .uint32: return Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    case .boolean: return bytes[offset] == 0 ? 0 : 1
    case .float16, .bfloat16, .float32, .float64: return Int(exactly: float(bytes, at: index).rounded(.towardZero)) ?? 0
    }
  }

  private static func widened(half: UInt16) -> Float {
    let sign: Float = half & 0x8000 == 0 ? 1 : -1
    let exponent = Int(half >> 10 & 0x1F)
    let fraction = Float(half & 0x3FF) / 1024
    switch exponent {
    case 0: return sign * fraction * 0x1p-14
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * (1 + fraction) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}
