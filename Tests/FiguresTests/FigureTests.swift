import Figures
import TestSupport
import Testing

@Suite("Figures")
struct FigureTests {
  @Test("of any numbers are well-formed XML, all of whose shapes and words lie inside", arguments: 1...60)
  func properties(seed: Int) {
    for figure in RandomFigures.all(seed: UInt64(seed)) {
      let svg = figure.svg
      let picture = Picture(svg)
      #expect(picture.isWellFormed && picture.faults.isEmpty, "\(type(of: figure)): \(picture.faults.prefix(3))")
      #expect(!svg.contains("nan") && !svg.contains("inf\"") && !svg.contains(" id="))
      #expect(picture.elements["title"] == 1 && picture.elements["desc"] == 1)
    }
  }

  @Test("of the same numbers are the same bytes")
  func determinism() {
    let (first, second) = (RandomFigures.all(seed: 5), RandomFigures.all(seed: 5))
    #expect(first.map(\.svg) == second.map(\.svg))
  }

  @Test("say in the picture that there is nothing to show")
  func empty() {
    let figures: [(any Figure, String)] = [
      (ProjectionFigure(title: "", caption: "", panels: [], legendTitle: ""), "nothing to show"),
      (
        ProjectionFigure(
          title: "", caption: "", panels: [.init(name: "raw", x: [], y: [], groups: [])], legendTitle: ""), "no samples"
      ),
      (SurvivalFigure(title: "", caption: "", curves: []), "no samples with a time"),
      (DiscriminationFigure(title: "", caption: "", kind: .roc, curves: []), "no curve: a class is missing"),
      (BoxFigure(title: "", caption: "", groups: [], valueLabel: ""), "no groups"),
      (BoxFigure(title: "", caption: "", groups: [.init(name: "a", values: [])], valueLabel: ""), "no values"),
      (
        PairedBoxFigure(title: "", caption: "", first: "a", second: "b", pairs: [], valueLabel: ""),
        "nothing to compare"
      ),
      (
        PairedBoxFigure(
          title: "", caption: "", first: "a", second: "b", pairs: [.init(name: "c", first: [], second: [.nan])],
          valueLabel: ""), "no values"
      ),
      (TrainingFigure(title: "", caption: "", series: []), "no epochs"),
      (BarFigure(title: "", caption: "", bars: [], valueLabel: "", legendTitle: ""), "nothing to show"),
      (DistributionFigure(title: "", caption: "", values: [.nan], valueLabel: ""), "no values"),
    ]
    for (figure, words) in figures { #expect(Picture(figure.svg).texts.contains(words), "\(type(of: figure))") }
  }

  @Test("carry title and caption for those who cannot see them, whatever they hold")
  func accessibility() {
    let figure = DistributionFigure(title: "a < b & \"c\"", caption: "1 > 0", values: [1, 2], valueLabel: "nats")
    let picture = Picture(figure.svg)
    #expect(picture.title == figure.title && picture.caption == figure.caption)
    #expect(figure.svg.contains("role=\"img\""))
  }

  @Test("of survival count who is at risk at each tick, those of that time included")
  func riskTable() {
    let curve = SurvivalFigure.Curve(
      name: "high", times: [10, 30], survival: [0.75, 0.375], lower: [0.3, 0.1], upper: [0.9, 0.8],
      durations: [10, 20, 30, 40], events: [true, false, true, false])
    let texts = Picture(SurvivalFigure(title: "OS", caption: "", curves: [curve]).svg).texts
    #expect(texts.suffix(9) == ["4", "4", "4", "3", "3", "2", "2", "1", "1"])
    #expect(texts.contains("high: 4, 2 events"))
  }

  @Test("of curves say where an area cannot be estimated")
  func notEstimable() {
    let curves = [
      DiscriminationFigure.Curve(name: "full", x: [0, 0.5, 1], y: [0, 0.9, 1], area: 0.7),
      DiscriminationFigure.Curve(name: "drug", x: [], y: [], area: nil),
    ]
    let texts = Picture(DiscriminationFigure(title: "", caption: "", kind: .roc, curves: curves).svg).texts
    #expect(texts.contains("full: 0.700") && texts.contains("drug: not estimable"))
  }

  @Test("of pairs of boxes show what a test says above each, and how many values below")
  func statements() {
    let pairs = [
      PairedBoxFigure.Pair(name: "5-FU", first: [1, 2, 3], second: [2], statements: ["p = 0.5", "q = 0.6"]),
      .init(name: "Aspirin", first: [], second: [1]),
    ]
    let figure = PairedBoxFigure(title: "", caption: "", first: "MSI", second: "MSS", pairs: pairs, valueLabel: "logit")
    let texts = Picture(figure.svg).texts
    for words in ["p = 0.5", "q = 0.6", "n = 3, 1", "n = 0, 1", "MSI", "MSS", "5-FU", "Aspirin"] {
      #expect(texts.contains(words), "\(words)")
    }
  }

  @Test("of many samples stay small")
  func size() {
    var random = SeededGenerator(seed: 3)
    let durations = (0..<20_000).map { _ in Double.random(in: 0...5000, using: &random) }
    let curve = SurvivalFigure.Curve(
      name: "high", times: [10], survival: [0.5], lower: [0.4], upper: [0.6], durations: durations,
      events: durations.map { $0 == 10 })
    #expect(SurvivalFigure(title: "", caption: "", curves: [curve]).svg.utf8.count < 40_000)
    let boxes = PairedBoxFigure(
      title: "", caption: "", first: "a", second: "b", pairs: [.init(name: "x", first: durations, second: durations)],
      valueLabel: "")
    #expect(boxes.svg.utf8.count < 40_000)
    let x = durations.map { $0 / 5000 }.sorted()
    let roc = DiscriminationFigure(
      title: "", caption: "", kind: .roc, curves: [.init(name: "full", x: x, y: x, area: 0.5)])
    #expect(roc.svg.utf8.count < 40_000)
    // What is cut is points, not numbers.
    #expect(Picture(boxes.svg).texts.contains("n = 20000, 20000"))
  }
}
