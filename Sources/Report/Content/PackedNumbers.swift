import Foundation

/// Numbers that stand in JSON as base64 of their float32 values, little-endian.
package struct PackedNumbers: Codable, Sendable, Equatable {
  package var values: [Float]

  package init(_ values: [Float]) {
    self.values = values
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let data = Data(base64Encoded: text), data.count.isMultiple(of: 4) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "this is no base64 of float32 numbers")
    }
    values = stride(from: data.startIndex, to: data.endIndex, by: 4).map { start in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[start + $1]) << (8 * UInt32($1)) }
      return Float(bitPattern: bits)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var data = Data(capacity: 4 * values.count)
    for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
    var container = encoder.singleValueContainer()
    try container.encode(data.base64EncodedString())
  }
}
