import Matrices
import TestSupport
import Testing

@testable import Statistics

@Suite("Measures of an alignment")
struct AlignmentMeasuresTests {
  @Test("are those of the parts, from the same neighbours")
  func golden() throws {
    let clouds = try MeasuresFixture.load().clouds
    let measures = try AlignmentMeasures(of: clouds.points(), sources: 36, tissues: Labels(clouds.tissues), k: clouds.k)
    let expected: [AlignmentMeasure: Double] = [
      .mixing: clouds.mixing, .mixingSource: clouds.mixingLine, .mixingTarget: clouds.mixingPatient,
      .purity: clouds.purity, .purityChance: clouds.purityChance, .crossPurity: clouds.crossPurity,
      .crossPurityChance: clouds.crossPurityChance, .silhouetteTissue: clouds.silhouetteTissue,
      .silhouetteDomain: clouds.silhouetteDomain, .neighbours: Double(clouds.k),
    ]
    for measure in AlignmentMeasure.allCases {
      let (value, figure) = try (#require(measures[measure]), #require(expected[measure]))
      #expect(agree(value, figure, to: 1e-9), "\(measure): \(value), not \(figure)")  // as in the suites of the parts
    }
  }

  @Test("tissues that are not known leave out what needs them")
  func noTissues() throws {
    var generator = SeededGenerator(seed: 14)
    let points = try Points(PointCloud.normal(30, 3, using: &generator), samples: 30, features: 3)
    let measured = { (tissues: [String]) throws -> Set<AlignmentMeasure> in
      let measures = try AlignmentMeasures(of: points, sources: 10, tissues: Labels(tissues), k: 4)
      return Set(AlignmentMeasure.allCases.filter { measures[$0] != nil })
    }
    let always: Set<AlignmentMeasure> = [.mixing, .mixingSource, .mixingTarget, .silhouetteDomain, .neighbours]
    #expect(try measured(Array(repeating: "", count: 30)) == always)
    #expect(try measured(Array(repeating: "colon", count: 30)) == always)
    // Cell lines alone have tissues: there is nothing to compare across.
    let lines = (0..<30).map { $0 < 10 ? ["colon", "lung"][$0 % 2] : "" }
    #expect(try measured(lines) == always.union([.purity, .purityChance, .silhouetteTissue]))
  }

  @Test("have the same bits on one lane and on two")
  func lanes() throws {
    var generator = SeededGenerator(seed: 15)
    let points = try Points(PointCloud.normal(150, 40, using: &generator), samples: 150, features: 40)
    let tissues = Labels((0..<150).map { ["colon", "lung", "skin", ""][$0 % 4] })
    let measured = try [1, 2].map {
      try AlignmentMeasures(of: points, sources: 60, tissues: tissues, k: 7, lanes: Lanes($0))
    }
    #expect(measured[0] == measured[1])
  }

  @Test("a line and a patient have no silhouette, which is no error")
  func pair() throws {
    let points = try Points([0, 1], samples: 2, features: 1)
    let measures = try AlignmentMeasures(of: points, sources: 1, tissues: Labels(["a", "a"]), k: 1)
    #expect(measures[.silhouetteDomain] == nil && measures[.mixing] == 1)
  }

  @Test("too few samples for the neighbours, a domain without samples, and missing tissues are errors")
  func errors() throws {
    let points = try Points([0, 1, 2, 3], samples: 4, features: 1)
    let tissues = Labels(["a", "b", "a", "b"])
    #expect(throws: StatisticsError.self) { try AlignmentMeasures(of: points, sources: 2, tissues: tissues, k: 4) }
    for sources in [0, 4, 5] {
      let error = #expect(throws: StatisticsError.self) {
        try AlignmentMeasures(of: points, sources: sources, tissues: tissues, k: 1)
      }
      #expect(error?.kind == .tooFewSamples)
    }
    #expect(throws: StatisticsError.self) {
      try AlignmentMeasures(of: points, sources: 2, tissues: Labels(["a"]), k: 1)
    }
  }
}
