import Figures
import TestSupport

/// One figure of each kind from numbers of a seed: few or many, alike or far apart, some of them none.
enum RandomFigures {
  static func all(seed: UInt64) -> [any Figure] {
    var random = SeededGenerator(seed: seed)
    return [
      projection(&random), survival(&random), discrimination(&random, .roc),
      discrimination(&random, .precisionRecall(prevalence: Double.random(in: 0...1, using: &random))),
      box(&random), pairedBoxes(&random), training(&random), bars(&random), distribution(&random),
    ]
  }

  private static let names = [
    "colon", "<&\">", "a very long name of a tissue that nobody would print", "", "肺", "b\u{1}c",
  ]

  private static func name(_ random: inout SeededGenerator) -> String { names.randomElement(using: &random) ?? "" }

  private static func values(_ random: inout SeededGenerator, atMost count: Int = 60) -> [Double] {
    let count = [0, 1, 2, Int.random(in: 0...count, using: &random)].randomElement(using: &random) ?? 0
    let scale = ([0, 1, 1e-12, 1e12, 1e90, -3] as [Double]).randomElement(using: &random) ?? 1
    let shift = ([0, 0, 1, -1e6] as [Double]).randomElement(using: &random) ?? 0
    return (0..<count).map { _ in
      Int.random(in: 0..<40, using: &random) == 0
        ? ([.nan, .infinity, 1e300] as [Double]).randomElement(using: &random) ?? .nan
        : Double.random(in: -1...1, using: &random) * scale + shift
    }
  }

  private static func projection(_ random: inout SeededGenerator) -> ProjectionFigure {
    let panels = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      let x = values(&random)
      let y = x.map { _ in Double.random(in: -50...50, using: &random) }
      return ProjectionFigure.Panel(name: name(&random), x: x, y: y, groups: x.map { _ in name(&random) })
    }
    return ProjectionFigure(title: name(&random), caption: name(&random), panels: panels, legendTitle: "tissue")
  }

  private static func survival(_ random: inout SeededGenerator) -> SurvivalFigure {
    let curves = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      let durations = values(&random).map(abs)
      let events = durations.map { _ in Bool.random(using: &random) }
      let times = zip(durations, events).filter { $0.1 && $0.0.isFinite }.map(\.0).sorted()
      let survival = times.indices.map { 1 - Double($0 + 1) / Double(times.count + 1) }
      return SurvivalFigure.Curve(
        name: name(&random), times: times, survival: survival,
        lower: survival.map { Bool.random(using: &random) ? $0 * 0.8 : nil }, upper: survival.map { min(1, $0 * 1.2) },
        durations: durations, events: events)
    }
    return SurvivalFigure(
      title: name(&random), caption: "", curves: curves, statement: Bool.random(using: &random) ? "p = 0.04" : nil)
  }

  private static func discrimination(
    _ random: inout SeededGenerator, _ kind: DiscriminationFigure.Kind
  ) -> DiscriminationFigure {
    let curves = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      let x = (0..<Int.random(in: 0...30, using: &random)).map { _ in Double.random(in: 0...1, using: &random) }
        .sorted()
      return DiscriminationFigure.Curve(
        name: name(&random), x: x, y: x.map(\.self), area: Bool.random(using: &random) ? 0.5 : nil)
    }
    return DiscriminationFigure(title: name(&random), caption: "", kind: kind, curves: curves)
  }

  private static func box(_ random: inout SeededGenerator) -> BoxFigure {
    let groups = (0..<Int.random(in: 0...9, using: &random)).map { _ in
      BoxFigure.Group(name: name(&random), values: values(&random))
    }
    return BoxFigure(title: name(&random), caption: "", groups: groups, valueLabel: name(&random), statement: "p = 0.5")
  }

  private static func pairedBoxes(_ random: inout SeededGenerator) -> PairedBoxFigure {
    let pairs = (0..<Int.random(in: 0...7, using: &random)).map { _ in
      PairedBoxFigure.Pair(
        name: name(&random), first: values(&random), second: values(&random),
        statements: Array(["p = 0.012", "q = 0.1"].prefix(Int.random(in: 0...2, using: &random))))
    }
    return PairedBoxFigure(
      title: name(&random), caption: name(&random), first: name(&random), second: name(&random), pairs: pairs,
      valueLabel: name(&random))
  }

  private static func training(_ random: inout SeededGenerator) -> TrainingFigure {
    let series = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      TrainingFigure.Series(
        name: name(&random), runs: (0..<Int.random(in: 0...5, using: &random)).map { _ in values(&random) })
    }
    return TrainingFigure(title: name(&random), caption: "", series: series)
  }

  private static func bars(_ random: inout SeededGenerator) -> BarFigure {
    let bars = values(&random, atMost: 25).map { value in
      BarFigure.Bar(name: name(&random), value: value, group: name(&random))
    }
    return BarFigure(title: name(&random), caption: "", bars: bars, valueLabel: "weight", legendTitle: "tissue")
  }

  private static func distribution(_ random: inout SeededGenerator) -> DistributionFigure {
    DistributionFigure(
      title: name(&random), caption: "", values: values(&random, atMost: 400), valueLabel: name(&random))
  }
}
