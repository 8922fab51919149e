import CHDF5
import Problems

extension HDF5Dataset {
  /// Writes the whole data set, row after row.
  package func write<Number: HDF5Number>(_ values: [Number]) throws {
    try values.withUnsafeBufferPointer { try write(nil, $0) }
  }

  /// Writes a block of rows.
  package func write<Number: HDF5Number>(_ rows: Range<Int>?, _ values: UnsafeBufferPointer<Number>) throws {
    guard Number.element == element else {
      throw HDF5Error(.mismatch, at: place, "is \(element), not \(Number.element)")
    }
    try write(rows, count: values.count) { memory, file in
      H5Dwrite(handle.id, Number.memoryType, memory, file, 0, values.baseAddress)
    }
  }

  package func write(_ values: [Bool]) throws {
    let scope = Scope(at: place)
    defer { scope.close() }
    guard element == .boolean else { throw HDF5Error(.mismatch, at: place, "is \(element), not boolean") }
    let type = try HDF5Element.booleanType(in: scope)
    let bytes = values.map { $0 ? UInt8(1) : 0 }
    try write(nil, count: bytes.count) { memory, file in H5Dwrite(handle.id, type, memory, file, 0, bytes) }
  }

  /// Writes strings: all of them, or a block of rows.
  package func write(_ values: [String], rows: Range<Int>? = nil) throws {
    let scope = Scope(at: place)
    defer { scope.close() }
    if case .fixedString(let bytes, let isUTF8) = element {
      return try write(rows, values, bytes: bytes, isUTF8: isUTF8, in: scope)
    }
    guard case .variableString(let isUTF8) = element else {
      throw HDF5Error(.mismatch, at: place, "is \(element), not strings")
    }
    let type = try HDF5Element.stringType(isUTF8: isUTF8, in: scope)
    let transfer = try stringTransfer(of: values.count, in: scope)
    let text = try CStrings(values, at: place)
    try write(rows, count: values.count) { memory, file in
      text.withPointers { H5Dwrite(handle.id, type, memory, file, transfer, $0) }
    }
  }

  /// Strings of a fixed length, padded with zeros; one that is too long is refused.
  private func write(
    _ rows: Range<Int>?, _ values: [String], bytes: Int, isUTF8: Bool, in scope: Scope
  ) throws {
    let type = try HDF5Element.stringType(bytes: bytes, isUTF8: isUTF8, in: scope)
    var padded: [UInt8] = []
    for value in values {
      guard value.utf8.count <= bytes else {
        throw HDF5Error(.unwritable, at: place, "cannot hold \(value.debugDescription) in \(bytes) bytes")
      }
      padded.append(contentsOf: value.utf8)
      padded.append(contentsOf: repeatElement(0, count: bytes - value.utf8.count))
    }
    try write(rows, count: values.count) { memory, file in H5Dwrite(handle.id, type, memory, file, 0, padded) }
  }

  private func write(_ rows: Range<Int>?, count: Int, _ body: (hid_t, hid_t) -> herr_t) throws {
    let scope = Scope(at: place)
    defer { scope.close() }
    let selection = try select(rows: rows, elementBytes: 1, limit: .max, in: scope)
    precondition(count == selection.count, "\(count) values for \(selection.count) elements")
    guard count > 0 else { return }
    try Library.call(.unwritable, at: place, "cannot write the data") { body(selection.memory, selection.file) }
  }
}
