import TestSupport
import Testing

@testable import Figures

@Suite("Scale")
struct ScaleTests {
  @Test(
    "has round ticks around the values",
    arguments: [
      ([0.0, 9.3], ["0", "2", "4", "6", "8", "10"]), ([0.12, 0.31], ["0.10", "0.15", "0.20", "0.25", "0.30", "0.35"]),
      ([-3, 4], ["−3", "−2", "−1", "0", "1", "2", "3", "4"]),
      ([5, 5], ["4.4", "4.6", "4.8", "5.0", "5.2", "5.4", "5.6"]), ([], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      ([0, 4e6], ["0", "1e6", "2e6", "3e6", "4e6"]),
    ])
  func ticks(values: [Double], labels: [String]) {
    #expect(Scale(covering: values).ticks.map(\.label) == labels)
  }

  @Test("covers any values with two to ten ticks, each of another label")
  func properties() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let size = ([1e-9, 1e-3, 1, 1e4, 1e20] as [Double]).randomElement(using: &random) ?? 1
      let values = (0..<3).map { _ in Double.random(in: -size...size, using: &random) }
      let scale = Scale(covering: values)
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      // Ends may lie a billionth of a step inside, which no picture shows.
      #expect(scale.low <= low + 1e-8 * size && scale.high >= high - 1e-8 * size)
      #expect((2...10).contains(scale.ticks.count))
      #expect(Set(scale.ticks.map(\.label)).count == scale.ticks.count, "\(scale.ticks)")
    }
  }

  @Test("places its ends at the ends, and what is beyond there too")
  func positions() {
    let scale = Scale(from: 0, to: 10, 2).placed(from: 100, to: 300)
    #expect([0, 5, 10, 12, -1].map(scale.position) == [100, 200, 300, 300, 100])
  }
}

@Suite("Number text")
struct NumberTextTests {
  @Test(
    "of coordinates has at most two decimals",
    arguments: [(0.0, "0"), (-0.001, "0"), (1.5, "1.5"), (-2.345, "-2.35"), (119.999, "120"), (3.1, "3.1")])
  func coordinates(value: Double, text: String) { #expect(NumberText.coordinate(value) == text) }

  @Test("to read is in powers of ten from a million on", arguments: [(1.23e6, "1.23e6"), (-5e20, "−5e20"), (0.0, "0")])
  func labels(value: Double, text: String) { #expect(NumberText.label(value, decimals: 0) == text) }
}

@Suite("Marks")
struct MarkTests {
  @Test("of forty groups all differ")
  func groups() {
    let marks = (0..<40).map(Mark.ofGroup)
    #expect(!marks.indices.contains { first in marks[..<first].contains(marks[first]) })
  }
}
