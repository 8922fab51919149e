import TestSupport

@testable import Statistics

/// The figures of scikit-learn, lifelines and scipy that Fixtures/make_tests.py wrote.
struct TestsFixture: Decodable {
  struct Classification: Decodable {
    let label: [Int]
    let score: [Double]
    let auroc: Double
    let auprc: Double
    let accuracy: Double
    let precision: Double
    let recall: Double
    let f1: Double
    let mcc: Double
    let brier: Double
    let falsePositiveRate: [Double]
    let truePositiveRate: [Double]
    let curvePrecision: [Double]
    let curveRecall: [Double]
  }

  struct Cox: Decodable {
    let coefficients: [Double]
    let errors: [Double]
    let p: [Double]
    let lower: [Double]
    let upper: [Double]
    let logLikelihood: Double
  }

  struct Survival: Decodable {
    let name: String
    let time: [Double]
    let event: [Int]
    let group: [Int]
    let other: [Double]
    let stratum: [Int]
    let logrank: Double
    let logrankP: Double
    let cox: Cox
    let two: Cox
    let stratified: Cox
    let times: [Double]
    let survival: [Double]
    let lower: [Double]
    let upper: [Double]
    let atRisk: [Int]
    let median: Double?

    func data() throws -> SurvivalData { try SurvivalData(times: time, events: event.map { $0 == 1 }) }
  }

  struct Groups: Decodable {
    let a: [Double]
    let b: [Double]
    let u: Double
    let uP: Double
    let welch: Double?
    let welchDf: Double?
    let welchP: Double?
    let student: Double?
    let studentP: Double?
  }

  struct Beta: Decodable {
    let x: Double
    let a: Double
    let b: Double
    let value: Double
  }

  struct Student: Decodable {
    let t: Double
    let degrees: Double
    let p: Double
  }

  struct ChiSquared: Decodable {
    let statistic: Double
    let p: Double
  }

  struct Discovery: Decodable {
    let p: [Double]
    let q: [Double]
  }

  let classification: [Classification]
  let survival: [Survival]
  let groups: [Groups]
  let beta: [Beta]
  let student: [Student]
  let chi: [ChiSquared]
  let discovery: Discovery

  static func load() throws -> TestsFixture { try JSONFixture.read("tests", in: .module) }
}
