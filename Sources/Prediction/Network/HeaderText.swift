import Foundation

/// Values as they stand in headers and files beside them: JSON with names in snake_case and in order, so that equal
/// values give equal texts.
enum HeaderText {
  static func json(_ value: some Encodable, isPretty: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Nil where the text is of something else.
  static func value<Value: Decodable>(_ text: String) -> Value? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do { return try decoder.decode(Value.self, from: Data(text.utf8)) } catch { return nil }
  }
}
