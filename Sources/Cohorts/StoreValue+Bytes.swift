// About what content takes in a file, so that room can be made for it.

extension StoreValue {
  var bytes: Int {
    switch self {
    case .string(let value): value.storedBytes
    case .strings(let values): values.storedBytes
    case .integer, .number, .flag: 8
    case .integers(let values): 8 * values.count
    case .numbers(let values): 8 * values.count
    case .matrix(let matrix): MemoryLayout<Float>.stride * matrix.values.count
    case .frame(let frame): frame.columns.reduce(frame.index.storedBytes) { $0 + $1.column.bytes }
    case .group(let values): values.values.reduce(0) { $0 + $1.bytes + 1_024 }
    }
  }
}

extension Column {
  var bytes: Int {
    let content =
      switch self {
      case .strings(let values): values.storedBytes
      case .categorical(let codes, let categories, _): 4 * codes.count + categories.storedBytes
      case .floats(let values): 4 * values.count
      case .doubles(let values): 8 * values.count
      case .int32s(let values): 4 * values.count
      case .booleans(let values): values.count
      }
    return content + 4_096
  }
}

extension String {
  /// Its bytes, the heap's words for them, and the reference to it.
  fileprivate var storedBytes: Int { utf8.count + 48 }
}

extension [String] {
  fileprivate var storedBytes: Int { reduce(0) { $0 + $1.storedBytes } }
}
