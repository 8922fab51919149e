import CHDF5
import Problems

/// The attributes of a group or data set.
package struct HDF5Attributes: Sendable {
  let handle: Handle
  let file: String
  let object: String

  /// Attributes are small: what declares more than this is not one.
  private static let limit = 64 << 20

  private func place(_ name: String) -> Place { Place(file, object: "\(object.isEmpty ? "/" : object)@\(name)") }

  package func exists(_ name: String) throws -> Bool {
    try Library.call(.unreadable, at: place(name), "cannot look for the attribute") { H5Aexists(handle.id, name) } > 0
  }

  /// What the attribute is made of and its shape, which is `[]` for a single value; nil if there is none.
  package func type(of name: String) throws -> (element: HDF5Element, shape: [Int])? {
    guard try exists(name) else { return nil }
    return try reading(name) { stored in (stored.element, stored.shape) }
  }

  /// A single string; nil if there is no such attribute.
  package func string(_ name: String) throws -> String? {
    guard try exists(name) else { return nil }
    return try reading(name) { stored in
      guard stored.shape.isEmpty || stored.shape == [1], let value = try strings(stored).first else {
        throw HDF5Error(.mismatch, at: place(name), "is a list of shape \(stored.shape), not a single string")
      }
      return value
    }
  }

  /// A list of strings, which may be empty; nil if there is no such attribute.
  package func strings(_ name: String) throws -> [String]? {
    guard try exists(name) else { return nil }
    return try reading(name) { stored in
      guard stored.shape.count == 1 else {
        throw HDF5Error(.mismatch, at: place(name), "has shape \(stored.shape), not that of a list")
      }
      return try strings(stored)
    }
  }

  /// A single boolean; nil if there is no such attribute.
  package func boolean(_ name: String) throws -> Bool? {
    guard try exists(name) else { return nil }
    return try reading(name) { stored in
      guard stored.element == .boolean, stored.count == 1 else {
        throw HDF5Error(.mismatch, at: place(name), "is \(stored.element) of shape \(stored.shape), not a boolean")
      }
      var value: UInt8 = 0
      try Library.call(.unreadable, at: place(name), "cannot read the attribute") {
        H5Aread(stored.id, stored.type, &value)
      }
      return value != 0
    }
  }

  /// A number or a list of numbers; nil if there is no such attribute.
  package func numbers<Number: HDF5Number>(_ name: String, as type: Number.Type) throws -> [Number]? {
    guard try exists(name) else { return nil }
    return try reading(name) { stored in
      guard Number.holds(stored.element) else {
        throw HDF5Error(.mismatch, at: place(name), "is \(stored.element), which does not fit \(Number.self)")
      }
      var values = [Number](repeating: .zero, count: stored.count)
      if stored.count > 0 {
        try Library.call(.unreadable, at: place(name), "cannot read the attribute") {
          H5Aread(stored.id, Number.memoryType, &values)
        }
      }
      return values
    }
  }

  package func set(_ name: String, _ value: String) throws {
    let text = try CStrings([value], at: place(name))
    try write(name, .string, shape: []) { id, type in text.withPointers { H5Awrite(id, type, $0) } }
  }

  package func set(_ name: String, _ values: [String]) throws {
    let text = try CStrings(values, at: place(name))
    try write(name, .string, shape: [values.count]) { id, type in
      values.isEmpty ? 0 : text.withPointers { H5Awrite(id, type, $0) }
    }
  }

  package func set(_ name: String, _ value: Bool) throws {
    var byte: Int8 = value ? 1 : 0
    try write(name, .boolean, shape: []) { id, type in H5Awrite(id, type, &byte) }
  }

  package func set<Number: HDF5Number>(_ name: String, _ value: Number) throws {
    var value = value
    try write(name, Number.element, shape: []) { id, _ in H5Awrite(id, Number.memoryType, &value) }
  }

  package func set<Number: HDF5Number>(_ name: String, _ values: [Number]) throws {
    try write(name, Number.element, shape: [values.count]) { id, _ in
      values.isEmpty ? 0 : H5Awrite(id, Number.memoryType, values)
    }
  }

  /// Replaces the attribute: the old one may be of another type.
  private func write(
    _ name: String, _ element: HDF5Element, shape: [Int], _ body: (hid_t, hid_t) -> herr_t
  ) throws {
    let place = place(name)
    let scope = Scope(at: place)
    defer { scope.close() }
    if try exists(name) {
      try Library.call(.unwritable, at: place, "cannot replace the attribute") { H5Adelete(handle.id, name) }
    }
    let type = try element.fileType(in: scope, at: place)
    let space = try Dataspace.make(shape, in: scope)
    let id = try scope.keep(.unwritable, "cannot create the attribute", H5Aclose) {
      H5Acreate2(handle.id, name, type, space, 0, 0)
    }
    try Library.call(.unwritable, at: place, "cannot write the attribute") { body(id, type) }
  }

  private struct Stored {
    let id: hid_t
    let type: hid_t
    let space: hid_t
    let element: HDF5Element
    let shape: [Int]
    let count: Int
  }

  private func reading<Result>(_ name: String, _ body: (Stored) throws -> Result) throws -> Result {
    let place = place(name)
    let scope = Scope(at: place)
    defer { scope.close() }
    let id = try scope.keep(.unreadable, "cannot open the attribute", H5Aclose) { H5Aopen(handle.id, name, 0) }
    let type = try scope.keep(.unreadable, "cannot read the attribute's type", H5Tclose) { H5Aget_type(id) }
    let space = try scope.keep(.unreadable, "cannot read the attribute's shape", H5Sclose) { H5Aget_space(id) }
    let element = HDF5Element(type: type)
    let shape = try Dataspace.shape(space, at: place)
    let count = try Dataspace.count(shape, elementBytes: element.bytes, limit: Self.limit, at: place)
    return try body(
      Stored(id: id, type: type, space: space, element: element, shape: shape, count: count))
  }

  private func strings(_ stored: Stored) throws -> [String] {
    let place = Place(file, object: object)
    guard stored.count > 0 else { return [] }
    switch stored.element {
    case .variableString(let isUTF8):
      var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: stored.count)
      try Library.call(.unreadable, at: place, "cannot read the attribute") {
        H5Aread(stored.id, stored.type, &pointers)
      }
      defer { Library.locked { _ = H5Dvlen_reclaim(stored.type, stored.space, 0, &pointers) } }
      return try pointers.map { try Text.decode($0, isUTF8: isUTF8, at: place) }
    case .fixedString(let bytes, let isUTF8):
      var buffer = [UInt8](repeating: 0, count: stored.count * bytes)
      try Library.call(.unreadable, at: place, "cannot read the attribute") {
        H5Aread(stored.id, stored.type, &buffer)
      }
      return try Text.decode(
        fixed: buffer, bytes: bytes, padding: Library.locked { H5Tget_strpad(stored.type) }, isUTF8: isUTF8, at: place)
    case .float, .integer, .boolean, .other:
      throw HDF5Error(.mismatch, at: place, "is \(stored.element), not a string")
    }
  }
}
