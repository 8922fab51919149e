extension TableReader {
  /// Reads the numbers of the present row from column `first` on into `values`, one a column, NaN where it is a gap.
  ///
  /// Throws `FormatError` with file:line:column where a field is no number, or one that a `Float` cannot hold.
  package func numbers(from first: Int, into values: UnsafeMutableBufferPointer<Float>) throws {
    precondition(values.count == header.count - first, "\(values.count) places for \(header.count - first) columns")
    guard !values.isEmpty else { return }
    if !row.isPlain(from: first) {
      for index in values.indices { values[index] = try float(first + index) }
      return
    }
    let delimiter = delimiter.rawValue
    var start = row.key(first).baseAddress.map { $0 - (row.all.baseAddress ?? $0) } ?? 0
    let bytes = row.all
    for index in values.indices {
      var end = start
      while end < bytes.count, bytes[end] != delimiter { end += 1 }
      let field = UnsafeRawBufferPointer(rebasing: bytes[min(start, bytes.count)..<min(end, bytes.count)])
      if let base = field.baseAddress, let value = NumberText.decimal(base, count: field.count) {
        values[index] = Float(value)
      } else {
        values[index] = try float(field, column: first + index)
      }
      start = end + 1
    }
  }

  /// Reads the numbers of some columns of the present row; `columns` ascend. NaN where a field is a gap.
  package func numbers(of columns: [Int], into values: UnsafeMutableBufferPointer<Float>) throws {
    precondition(values.count == columns.count, "\(values.count) places for \(columns.count) columns")
    for (place, column) in columns.enumerated() { values[place] = try float(column) }
  }

  private func float(_ column: Int) throws -> Float { try float(row.bytes(column), column: column) }

  private func float(_ field: UnsafeRawBufferPointer, column: Int) throws -> Float {
    switch NumberText(field) {
    case .number(let value):
      guard Float(value).isFinite else { throw notANumber(column, "is too large for a 32-bit number") }
      return Float(value)
    case .missing: return .nan
    case .notANumber: throw notANumber(column)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// How often `byte` occurs, counted in runs short enough for a byte, which the compiler vectorises.
  func count(ofByte byte: UInt8) -> Int {
    guard let bytes = baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    var total = 0
    var index = 0
    while index < count {
      let stop = Swift.min(index + 240, count)
      var found: UInt8 = 0
      while index < stop {
        found &+= bytes[index] == byte ? 1 : 0
        index &+= 1
      }
      total += Int(found)
    }
    return total
  }
}
