import Runs
import Testing

@testable import therapi

@Suite("The progress line")
struct ProgressLineTests {
  @Test("shows the part, the rate and the time left")
  func measure() {
    var line = ProgressLine(width: 80)
    #expect(line.advance(RunStep("a.tsv.gz", done: 0, total: 400_000_000, unit: .bytes), at: .zero) == "a.tsv.gz  0 %")
    #expect(
      line.advance(RunStep("a.tsv.gz", done: 100_000_000, total: 400_000_000, unit: .bytes), at: .seconds(2))
        == "a.tsv.gz  25 %  50 MB/s  0:06 left")
    #expect(
      line.advance(RunStep("a.tsv.gz", done: 101_000_000, total: 40_000_000_000, unit: .bytes), at: .seconds(20))
        == "a.tsv.gz  0 %  5 MB/s  2:11:41 left")
  }

  @Test("is drawn at most ten times a second, and at once for a new input")
  func pace() {
    var line = ProgressLine(width: 80)
    var drawn = 0
    for step in 0..<1_000 {
      if line.advance(RunStep("a", done: step, total: 1_000, unit: .bytes), at: .milliseconds(step)) != nil {
        drawn += 1
      }
    }
    #expect(drawn == 10)
    #expect(line.advance(RunStep("b", done: 1, total: 10, unit: .bytes), at: .milliseconds(1_000)) == "b  10 %")
  }

  @Test("a rate is of one input, not of the one before")
  func inputs() {
    var line = ProgressLine(width: 80)
    _ = line.advance(RunStep("a", done: 0, total: 10, unit: .bytes), at: .zero)
    _ = line.advance(RunStep("b", done: 0, total: 100_000_000, unit: .bytes), at: .seconds(10))
    #expect(
      line.advance(RunStep("b", done: 50_000_000, total: 100_000_000, unit: .bytes), at: .seconds(11))
        == "b  50 %  50 MB/s  0:01 left")
  }

  @Test("never wraps: a long name loses its beginning")
  func width() throws {
    var line = ProgressLine(width: 40)
    let name = String(repeating: "folder/", count: 20) + "matrix.tsv"
    let drawn = line.advance(RunStep(name, done: 1, total: 2, unit: .bytes), at: .zero)
    let text = try #require(drawn)
    #expect(text.count == 39 && text.hasPrefix("...") && text.hasSuffix("matrix.tsv  50 %"))
    #expect(line.begin(name, at: .zero).count == 39)
  }

  @Test("shows things that are counted, and what else there is to see")
  func things() {
    var line = ProgressLine(width: 80)
    func step(_ done: Int) -> RunStep {
      RunStep("training", done: done, total: 200, unit: .things("epochs"), detail: "loss 3.2")
    }
    #expect(line.advance(step(0), at: .zero) == "training  0 %  loss 3.2")
    #expect(line.advance(step(50), at: .seconds(20)) == "training  25 %  2.5 epochs/s  1:00 left  loss 3.2")
    #expect(line.advance(step(100), at: .seconds(5)) == nil)
  }

  @Test("an input of unknown size shows its name")
  func unknown() {
    var line = ProgressLine(width: 80)
    #expect(line.advance(RunStep("a", done: 10, total: 0, unit: .bytes), at: .zero) == "a")
  }
}
