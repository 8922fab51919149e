import CHDF5
import Problems

extension HDF5Dataset {
  /// Reads rows (all of them by default) into an array, row after row; more than `limit` bytes is `.tooLarge`.
  package func read<Number: HDF5Number>(
    _ rows: Range<Int>? = nil, as type: Number.Type, limit: Int = memoryLimit
  ) throws -> [Number] {
    let scope = Scope(at: place)
    defer { scope.close() }
    try check(type)
    let stride = max(MemoryLayout<Number>.stride, element.bytes)
    let selection = try select(rows: rows, elementBytes: stride, limit: limit, in: scope)
    guard selection.count > 0 else { return [] }
    return try [Number](unsafeUninitializedCapacity: selection.count) { buffer, initialized in
      try read(selection, Number.self, into: buffer.baseAddress)
      initialized = selection.count
    }
  }

  /// Reads a block of rows, and of columns if the data set has two dimensions, into memory of the caller.
  package func read<Number: HDF5Number>(
    _ rows: Range<Int>, columns: Range<Int>? = nil, into buffer: UnsafeMutableBufferPointer<Number>
  ) throws {
    let scope = Scope(at: place)
    defer { scope.close() }
    try check(Number.self)
    let selection = try select(rows: rows, columns: columns, elementBytes: 1, limit: .max, in: scope)
    precondition(buffer.count >= selection.count, "\(buffer.count) places for \(selection.count) elements")
    guard selection.count > 0 else { return }
    try read(selection, Number.self, into: buffer.baseAddress)
  }

  private func check<Number: HDF5Number>(_ type: Number.Type) throws {
    guard Number.holds(element) else {
      throw HDF5Error(.mismatch, at: place, "is \(element), which does not fit \(Number.self)")
    }
    try checkPlausible()
  }

  private func read<Number: HDF5Number>(
    _ selection: Selection, _ type: Number.Type, into address: UnsafeMutablePointer<Number>?
  ) throws {
    try Library.call(.unreadable, at: place, "cannot read the data") {
      H5Dread(handle.id, Number.memoryType, selection.memory, selection.file, 0, address)
    }
  }

  /// Reads a data set of booleans.
  package func readBooleans(_ rows: Range<Int>? = nil, limit: Int = memoryLimit) throws -> [Bool] {
    guard element == .boolean else { throw HDF5Error(.mismatch, at: place, "is \(element), not boolean") }
    try checkPlausible()
    let scope = Scope(at: place)
    defer { scope.close() }
    let selection = try select(rows: rows, elementBytes: 1, limit: limit, in: scope)
    var bytes = [UInt8](repeating: 0, count: selection.count)
    guard selection.count > 0 else { return [] }
    let type = try HDF5Element.booleanType(in: scope)
    try Library.call(.unreadable, at: place, "cannot read the data") {
      H5Dread(handle.id, type, selection.memory, selection.file, 0, &bytes)
    }
    return try bytes.map { byte in
      guard byte <= 1 else { throw HDF5Error(.unreadable, at: place, "holds a boolean that is neither FALSE nor TRUE") }
      return byte == 1
    }
  }

  /// Reads strings, of their own or of a fixed length, with the padding taken off; text of more than `limit` bytes
  /// is `.tooLarge`.
  package func readStrings(_ rows: Range<Int>? = nil, limit: Int = memoryLimit) throws -> [String] {
    try checkPlausible()
    let scope = Scope(at: place)
    defer { scope.close() }
    let selection = try select(rows: rows, elementBytes: element.bytes, limit: limit, in: scope)
    guard selection.count > 0 else { return [] }
    let type = try scope.keep(.unreadable, "cannot read the type", H5Tclose) { H5Dget_type(handle.id) }
    switch element {
    case .variableString(let isUTF8):
      return try variableStrings(selection, type, isUTF8: isUTF8, limit: limit, in: scope)
    case .fixedString(let bytes, let isUTF8):
      var buffer = [UInt8](repeating: 0, count: selection.count * bytes)
      try Library.call(.unreadable, at: place, "cannot read the strings") {
        H5Dread(handle.id, type, selection.memory, selection.file, 0, &buffer)
      }
      let padding = Library.locked { H5Tget_strpad(type) }
      return try Text.decode(fixed: buffer, bytes: bytes, padding: padding, isUTF8: isUTF8, at: place)
    case .float, .integer, .boolean, .other:
      throw HDF5Error(.mismatch, at: place, "is \(element), not strings")
    }
  }

  private func variableStrings(
    _ selection: Selection, _ type: hid_t, isUTF8: Bool, limit: Int, in scope: Scope
  ) throws -> [String] {
    let transfer = try stringTransfer(of: selection.count, in: scope)
    let arena = StringArena(limit: limit)
    return try withExtendedLifetime(arena) {
      try Library.call(.unreadable, at: place, "cannot set how strings are read") { arena.serve(transfer) }
      var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: selection.count)
      do {
        try Library.call(.unreadable, at: place, "cannot read the strings") {
          H5Dread(handle.id, type, selection.memory, selection.file, transfer, &pointers)
        }
      } catch  where arena.isExhausted {
        throw HDF5Error(.tooLarge, at: place, "its strings take more than the limit of \(limit) bytes")
      }
      return try pointers.map { try Text.decode($0, isUTF8: isUTF8, at: place) }
    }
  }
}
