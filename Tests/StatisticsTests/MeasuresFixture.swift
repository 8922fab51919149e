import TestSupport

@testable import Statistics

/// The figures of numpy, scipy and scikit-learn that Fixtures/make_fixtures.py wrote.
struct MeasuresFixture: Decodable {
  struct Clouds: Decodable {
    let samples: Int
    let features: Int
    let k: Int
    let values: [Float]
    let domains: [String]
    let tissues: [String]
    let neighbours: [Int]
    let mixing: Double
    let mixingLine: Double
    let mixingPatient: Double
    let purity: Double
    let purityChance: Double
    let crossPurity: Double
    let crossPurityChance: Double
    let silhouetteTissue: Double
    let silhouetteDomain: Double

    func points() throws -> Points { try Points(values, samples: samples, features: features) }
  }

  struct Ties: Decodable {
    let samples: Int
    let features: Int
    let k: Int
    let values: [Float]
    let neighbours: [Int]
  }

  struct Mixtures: Decodable {
    let columns: Int
    let weights: [Float]
    let entropies: [Double]
  }

  struct Summaries: Decodable {
    let values: [Double]
    let mean: Double
    let standardDeviation: Double
    let levels: [Double]
    let quantiles: [Double]
  }

  let clouds: Clouds
  let ties: Ties
  let mixtures: Mixtures
  let summaries: Summaries

  static func load() throws -> MeasuresFixture { try JSONFixture.read("measures", in: .module) }
}

/// Whether two figures agree to a relative tolerance.
func agree(_ a: Double, _ b: Double, to tolerance: Double) -> Bool { abs(a - b) <= tolerance * max(abs(a), abs(b)) }
