import CHDF5
import Problems

/// What a data set or attribute is made of.
package enum HDF5Element: Sendable, Equatable, CustomStringConvertible {
  case float(bytes: Int)
  case integer(bytes: Int, signed: Bool)
  /// An enumeration FALSE = 0, TRUE = 1 over one byte, as h5py and R write it.
  case boolean
  /// A string of its own length; `isUTF8` is false where the file declares ASCII.
  case variableString(isUTF8: Bool)
  /// A string of at most `bytes` bytes, padded.
  case fixedString(bytes: Int, isUTF8: Bool)
  /// A compound, another enumeration, a reference: anything this module does not read.
  case other(String)

  package static let float32 = HDF5Element.float(bytes: 4)
  package static let float64 = HDF5Element.float(bytes: 8)
  package static let int8 = HDF5Element.integer(bytes: 1, signed: true)
  package static let int32 = HDF5Element.integer(bytes: 4, signed: true)
  package static let int64 = HDF5Element.integer(bytes: 8, signed: true)
  package static let string = HDF5Element.variableString(isUTF8: true)

  package var isString: Bool {
    switch self {
    case .variableString, .fixedString: true
    case .float, .integer, .boolean, .other: false
    }
  }

  /// Bytes an element takes in memory while it is read.
  package var bytes: Int {
    switch self {
    case .float(let bytes), .integer(let bytes, _), .fixedString(let bytes, _): bytes
    case .boolean: 1
    case .variableString: 16
    case .other: 16
    }
  }

  package var description: String {
    switch self {
    case .float(let bytes): "\(bytes * 8)-bit floating point"
    case .integer(let bytes, let signed): "\(bytes * 8)-bit \(signed ? "integer" : "unsigned integer")"
    case .boolean: "boolean"
    case .variableString: "string"
    case .fixedString(let bytes, _): "string of \(bytes) bytes"
    case .other(let name): name
    }
  }

  /// Reads the element from a type of the library.
  init(type: hid_t) {
    self = Library.locked {
      let size = H5Tget_size(type)
      switch H5Tget_class(type) {
      case H5T_FLOAT: return .float(bytes: size)
      case H5T_INTEGER: return .integer(bytes: size, signed: H5Tget_sign(type) == H5T_SGN_2)
      case H5T_STRING:
        let isUTF8 = H5Tget_cset(type) == H5T_CSET_UTF8
        return H5Tis_variable_str(type) > 0
          ? .variableString(isUTF8: isUTF8) : .fixedString(bytes: size, isUTF8: isUTF8)
      case H5T_ENUM: return HDF5Element.isBoolean(type) ? .boolean : .other("enumeration")
      case H5T_COMPOUND: return .other("compound")
      case H5T_VLEN: return .other("variable-length sequence")
      case H5T_REFERENCE: return .other("reference")
      default: return .other("unsupported type")
      }
    }
  }

  private static func isBoolean(_ type: hid_t) -> Bool {
    guard H5Tget_size(type) == 1, H5Tget_nmembers(type) == 2 else { return false }
    for (index, expected) in ["FALSE", "TRUE"].enumerated() {
      guard let name = H5Tget_member_name(type, UInt32(index)) else { return false }
      defer { H5free_memory(name) }
      var value: Int8 = -1
      guard H5Tget_member_value(type, UInt32(index), &value) >= 0 else { return false }
      guard String(cString: name) == expected, value == index else { return false }
    }
    return true
  }

  /// The little-endian type that this module writes, kept by `scope`.
  func fileType(in scope: Scope, at place: Place) throws -> hid_t {
    switch self {
    case .float(4): return Library.locked { CHDF5_file_float() }
    case .float(8): return Library.locked { CHDF5_file_double() }
    case .integer(1, true): return Library.locked { CHDF5_file_int8() }
    case .integer(2, true): return Library.locked { CHDF5_file_int16() }
    case .integer(4, true): return Library.locked { CHDF5_file_int32() }
    case .integer(8, true): return Library.locked { CHDF5_file_int64() }
    case .boolean: return try HDF5Element.booleanType(in: scope)
    case .variableString(let isUTF8): return try HDF5Element.stringType(isUTF8: isUTF8, in: scope)
    case .fixedString(let bytes, let isUTF8):
      return try HDF5Element.stringType(bytes: bytes, isUTF8: isUTF8, in: scope)
    case .float, .integer, .other:
      throw HDF5Error(.mismatch, at: place, "a \(self) is read but never written")
    }
  }

  static func booleanType(in scope: Scope) throws -> hid_t {
    let type = try scope.keep(.unwritable, "cannot make the boolean type", H5Tclose) {
      H5Tenum_create(CHDF5_file_int8())
    }
    Library.locked {
      var value: Int8 = 0
      H5Tenum_insert(type, "FALSE", &value)
      value = 1
      H5Tenum_insert(type, "TRUE", &value)
    }
    return type
  }

  /// Strings of `bytes` bytes padded with zeros, or of their own length where that is nil.
  static func stringType(bytes: Int? = nil, isUTF8: Bool, in scope: Scope) throws -> hid_t {
    let type = try scope.keep(.unwritable, "cannot make the string type", H5Tclose) { H5Tcopy(CHDF5_c_string()) }
    Library.locked {
      H5Tset_size(type, bytes ?? CHDF5_variable())
      H5Tset_cset(type, isUTF8 ? H5T_CSET_UTF8 : H5T_CSET_ASCII)
      H5Tset_strpad(type, bytes == nil ? H5T_STR_NULLTERM : H5T_STR_NULLPAD)
    }
    return type
  }
}

/// A number type that can be read from and written to a file without loss of its own.
package protocol HDF5Number: BitwiseCopyable, Sendable {
  static var element: HDF5Element { get }
  static var zero: Self { get }
}

extension Float: HDF5Number { package static var element: HDF5Element { .float32 } }
extension Double: HDF5Number { package static var element: HDF5Element { .float64 } }
extension Int8: HDF5Number { package static var element: HDF5Element { .int8 } }
extension Int16: HDF5Number { package static var element: HDF5Element { .integer(bytes: 2, signed: true) } }
extension Int32: HDF5Number { package static var element: HDF5Element { .int32 } }
extension Int64: HDF5Number { package static var element: HDF5Element { .int64 } }

extension HDF5Number {
  /// The type as this machine keeps it.
  static var memoryType: hid_t {
    Library.locked {
      switch element {
      case .float(4): CHDF5_native_float()
      case .float: CHDF5_native_double()
      case .integer(1, _): CHDF5_native_int8()
      case .integer(2, _): CHDF5_native_int16()
      case .integer(4, _): CHDF5_native_int32()
      default: CHDF5_native_int64()
      }
    }
  }

  /// Whether a stored `element` becomes this type without an integer being clipped.
  static func holds(_ stored: HDF5Element) -> Bool {
    switch (element, stored) {
    case (.float, .float), (.float, .integer): true
    case (.integer(let own, _), .integer(let bytes, let signed)): signed ? bytes <= own : bytes < own
    default: false
    }
  }
}
