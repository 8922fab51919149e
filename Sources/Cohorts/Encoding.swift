import HDF5
import Problems

/// The encodings of the AnnData specification, as the attributes of a group or data set name them.
enum Encoding: String, CaseIterable {
  case anndata
  case dataframe
  case array
  case stringArray = "string-array"
  case categorical
  case dict
  case string
  case numericScalar = "numeric-scalar"
  case csr = "csr_matrix"
  case csc = "csc_matrix"

  static let typeKey = "encoding-type"
  static let versionKey = "encoding-version"

  var version: String {
    switch self {
    case .anndata, .dict, .csr, .csc: "0.1.0"
    case .dataframe, .array, .stringArray, .categorical, .string, .numericScalar: "0.2.0"
    }
  }

  func mark(_ attributes: HDF5Attributes) throws {
    try attributes.set(Encoding.typeKey, rawValue)
    try attributes.set(Encoding.versionKey, version)
  }

  /// The encoding that an object declares.
  static func of(_ attributes: HDF5Attributes, at place: Place) throws -> Encoding {
    guard let name = try attributes.string(typeKey) else {
      throw StoreError.offProfile(place, "has no attribute \(typeKey)")
    }
    guard let encoding = Encoding(rawValue: name) else {
      throw StoreError.offProfile(place, "has the unknown encoding \(name.debugDescription)")
    }
    let version = try attributes.string(versionKey) ?? ""
    guard version == encoding.version else {
      throw StoreError.offProfile(
        place, "has version \(version.debugDescription) of \(name), not \(encoding.version.debugDescription)")
    }
    return encoding
  }

  /// Throws unless the object is of this encoding.
  func require(_ attributes: HDF5Attributes, at place: Place) throws {
    let found = try Encoding.of(attributes, at: place)
    guard found == self else { throw StoreError.offProfile(place, "is encoded as \(found.rawValue), not \(rawValue)") }
  }
}
