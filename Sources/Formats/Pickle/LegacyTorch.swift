import Problems

/// PyTorch's layout before 1.6: pickles one after the other, then the storages' bytes.
enum LegacyTorch {
  /// 0x1950a86a20f9469cfc6c, lowest byte first.
  private static let magic: [UInt8] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]
  private static let protocolVersion = 1001

  static func isMagic(_ value: PickleValue) -> Bool { value == .bigInteger(magic) }

  /// Reads the object that such a file holds; storages stay slices of `data`.
  static func read(_ data: ArraySlice<UInt8>, at place: Place, limits: PickleLimits, level: Int) throws -> PickleValue {
    var rest = data
    guard isMagic(try next(&rest, at: place, limits: limits, level: level)) else {
      throw FormatError(.wrongFormat, at: place, "the bytes do not begin with PyTorch's magic number")
    }
    guard try next(&rest, at: place, limits: limits, level: level) == .integer(protocolVersion) else {
      throw FormatError(.wrongFormat, at: place, "PyTorch's file version is not \(protocolVersion)")
    }
    let system = try next(&rest, at: place, limits: limits, level: level)
    guard system.dictionary?["little_endian"] != .boolean(false) else {
      throw FormatError(.wrongFormat, at: place, "the tensors were written on a big-endian machine")
    }
    var machine = PickleMachine(rest, at: place, limits: limits, level: level)
    let object = try machine.run()
    rest = rest[machine.position...]
    let storages = try storages(of: machine, &rest, at: place, limits: limits, level: level)
    return try machine.value(of: object) { reference in
      guard let storage = storages[reference.key], storage.element == reference.element else {
        throw PickleMachine.NoStorage()
      }
      return storage
    }
  }

  private static func next(
    _ rest: inout ArraySlice<UInt8>, at place: Place, limits: PickleLimits, level: Int
  ) throws -> PickleValue {
    var machine = PickleMachine(rest, at: place, limits: limits, level: level)
    let slot = try machine.run()
    rest = rest[machine.position...]
    return try machine.value(of: slot)
  }

  /// The storages in the order of the list of keys: a count of elements, then the elements.
  private static func storages(
    of machine: PickleMachine, _ rest: inout ArraySlice<UInt8>, at place: Place, limits: PickleLimits, level: Int
  ) throws -> [String: TorchStorage] {
    var elements: [String: PickledElement] = [:]
    for reference in machine.storageReferences { elements[reference.key] = reference.element }
    guard let keys = try next(&rest, at: place, limits: limits, level: level).items else {
      throw FormatError(.malformed, at: place, "the list of storages is missing")
    }
    var storages: [String: TorchStorage] = [:]
    for key in keys {
      guard let name = key.string, let element = elements[name] else {
        throw FormatError(.malformed, at: place, "a storage is listed that no tensor refers to")
      }
      guard rest.count >= 8 else { throw FormatError(.truncated, at: place, "the file ends before storage \(name)") }
      let count = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      rest = rest.dropFirst(8)
      guard count <= UInt64(rest.count / element.size) else {
        throw FormatError(
          .truncated, at: place, "storage \(name) declares \(count) elements, but \(rest.count) bytes are left")
      }
      let size = Int(count) * element.size
      storages[name] = TorchStorage(element: element, bytes: rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    return storages
  }
}
