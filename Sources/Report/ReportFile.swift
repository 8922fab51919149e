import Foundation
import Problems

/// Reads a report's content, and writes content and page.
package enum ReportFile {
  /// The content of a JSON file, its keys in snake_case. Throws `.unreadable`.
  package static func read(_ path: String) throws -> ReportContent { try read(ReportContent.self, path) }

  /// A value of a JSON file, its keys in snake_case. Throws `.unreadable`.
  package static func read<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(type, from: data)
    } catch let error as DecodingError {
      throw ReportError(
        .unreadable, at: Place(path, field: field(of: error)),
        "does not have the form that is expected: \(cause(of: error))",
        remedy: "therapi run writes such files; docs/report.md says what they hold")
    } catch {
      throw ReportError(.unreadable, at: Place(path), "cannot be read: \(error.localizedDescription)")
    }
  }

  /// A value as JSON with keys in snake_case, the same bytes for the same value.
  package static func json(_ content: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(content), as: UTF8.self) + "\n"
  }

  private static func field(of error: DecodingError) -> String? {
    let path: [any CodingKey] =
      switch error {
      case .keyNotFound(let key, let context): context.codingPath + [key]
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
        context.codingPath
      @unknown default: []
      }
    let words = path.map { $0.intValue.map { String($0) } ?? $0.stringValue }
    return words.isEmpty ? nil : words.joined(separator: ".")
  }

  private static func cause(of error: DecodingError) -> String {
    switch error {
    case .keyNotFound: "a value is missing"
    case .valueNotFound: "a value is null"
    case .typeMismatch(let type, _): "a value is no \(type)"
    case .dataCorrupted(let context): context.debugDescription
    @unknown default: "it does not have the form"
    }
  }
}
