import Foundation

/// Figures of another tool in the folder of fixtures of a bundle of tests, with names in snake_case.
package enum JSONFixture {
  /// Reads `Fixtures/NAME.json`; throws where it is not there or says something else.
  package static func read<Content: Decodable>(_ name: String, in bundle: Bundle) throws -> Content {
    guard let url = bundle.url(forResource: "Fixtures/\(name)", withExtension: "json") else {
      throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: "Fixtures/\(name).json"])
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Content.self, from: Data(contentsOf: url))
  }
}
