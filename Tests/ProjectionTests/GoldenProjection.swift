import TestSupport
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
    let file: File = try JSONFixture.read("trustworthiness", in: .module)
    return file.cases
  }
}
