import Cohorts

/// A single value of a store, which JSON writes as what it is.
package enum Scalar: Sendable, Equatable, Encodable, CustomStringConvertible {
  case string(String)
  case integer(Int64)
  case number(Double)
  case flag(Bool)

  init?(_ value: StoreValue?) {
    switch value {
    case .string(let value): self = .string(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .flag(let value): self = .flag(value)
    case .strings, .integers, .numbers, .matrix, .frame, .group, .none: return nil
    }
  }

  package var description: String {
    switch self {
    case .string(let value): value
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .flag(let value): value ? "yes" : "no"
    }
  }

  /// Numbers that are not finite, for which JSON has no word, become null.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try value.isFinite ? container.encode(value) : container.encodeNil()
    case .flag(let value): try container.encode(value)
    }
  }
}

extension CohortStore {
  /// The single values of a group below `uns`, by name; empty if there is no such group.
  func scalars(at path: String) throws -> [String: Scalar] {
    guard case .group(let values) = try value(at: path) else { return [:] }
    return values.compactMapValues(Scalar.init)
  }

  /// A string below `uns`; nil if there is none.
  func text(at path: String) throws -> String? {
    guard case .string(let text) = try value(at: path) else { return nil }
    return text
  }

  /// A table below `uns`; nil if there is none.
  func table(at path: String) throws -> Frame? {
    guard case .frame(let frame) = try value(at: path) else { return nil }
    return frame
  }
}
