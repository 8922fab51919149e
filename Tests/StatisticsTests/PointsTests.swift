import Testing

@testable import Statistics

@Suite("Points and labels")
struct PointsTests {
  @Test("numbers that do not fill the matrix are refused", arguments: [(2, 2), (1, 4), (0, 3), (3, 0)])
  func counts(samples: Int, features: Int) {
    let error = #expect(throws: StatisticsError.self) {
      try Points([1, 2, 3], samples: samples, features: features)
    }
    #expect(error?.kind == .mismatchedCounts)
  }

  @Test("a number that is not finite is named", arguments: [Float.nan, .infinity, -.infinity])
  func notFinite(value: Float) {
    let error = #expect(throws: StatisticsError.self) { try Points([1, 2, 3, value], samples: 2, features: 2) }
    #expect(error?.kind == .notFinite && error?.cause.contains("sample 2 has \(value) as its feature 2") == true)
  }

  @Test("several matrices stand one below the other, and their samples are counted through")
  func matrices() throws {
    let points = try Points([[1, 2, 3, 4], [], [5, 6]], features: 2)
    let whole = try Points([1, 2, 3, 4, 5, 6], samples: 3, features: 2)
    #expect(points.samples == 3 && points.values == whole.values)
    let error = #expect(throws: StatisticsError.self) { try Points([[1, 2], [3, .nan]], features: 2) }
    #expect(error?.cause.contains("sample 2 has nan as its feature 2") == true)
    #expect(throws: StatisticsError.self) { try Points([[1, 2], [3]], features: 2) }
  }

  @Test("labels are sorted, and a gap has no code")
  func labels() {
    let labels = Labels(["skin", "", "colon", "skin"])
    #expect(labels.names == ["colon", "skin"] && labels.codes == [1, -1, 0, 1] && labels.labelled == 3)
  }
}
