/// Type of a tensor's elements in a file, little-endian, in the order that tensors stand in.
///
/// The widest come first, so that each tensor lies on a multiple of its element's size. It is the order of the
/// format's own library, whose files are therefore the same byte for byte.
enum SafetensorsElement: String, CaseIterable {
  case int64 = "I64"
  case float64 = "F64"
  case float32 = "F32"
  case int32 = "I32"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case uint8 = "U8"

  var size: Int {
    switch self {
    case .int64, .float64: 8
    case .float32, .int32: 4
    case .float16, .bfloat16: 2
    case .uint8: 1
    }
  }

  /// Place among the types.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
