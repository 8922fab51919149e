import Foundation
import Testing

/// Points with figures of scikit-learn; Fixtures/make_fixtures.py makes the file.
struct GoldenProjection: Decodable, CustomTestStringConvertible, Sendable {
  var name: String
  var features: Int
  var values: [Float]
  var trustworthiness: Double
  /// Trustworthiness of the first two features taken as places.
  var firstTwo: Double
  var variances: [Double]

  var samples: Int { values.count / features }
  var testDescription: String { name }

  private struct File: Decodable { var cases: [GoldenProjection] }

  static func all() throws -> [GoldenProjection] {
    guard let url = Bundle.module.url(forResource: "Fixtures/trustworthiness", withExtension: "json") else {
      throw CocoaError(.fileNoSuchFile)
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(File.self, from: Data(contentsOf: url)).cases
  }
}
