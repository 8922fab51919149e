/// Losses by epoch: each run thin, the mean of the runs thick.
package struct TrainingFigure: Figure {
  package struct Series: Sendable {
    /// Such as `validation`.
    package var name: String
    /// A loss for each epoch of each run; runs may stop at different epochs.
    package var runs: [[Double]]

    package init(name: String, runs: [[Double]]) {
      self.name = name
      self.runs = runs
    }
  }

  package var title: String
  package var caption: String
  package var series: [Series]
  package var lossLabel: String
  /// The number of the first epoch.
  package var firstEpoch: Int

  package init(title: String, caption: String, series: [Series], lossLabel: String = "loss", firstEpoch: Int = 1) {
    self.title = title
    self.caption = caption
    self.series = series
    self.lossLabel = lossLabel
    self.firstEpoch = firstEpoch
  }

  package var svg: String {
    let longest = series.flatMap(\.runs).map(\.count).max() ?? 0
    let first = Double(firstEpoch)
    let x = Scale(covering: longest > 1 ? [first, first + Double(longest - 1)] : [first], about: 6)
    let y = Scale(covering: series.flatMap { $0.runs.flatMap(\.self) })
    let area = Area(left: Plot.margin(for: y), top: Drawing.titleHeight + 8, width: 440, height: 280)
    let legend = Legend("", entries)
    var drawing = Drawing(
      self, width: area.right + 24 + legend.width,
      height: max(area.bottom + Plot.footHeight, area.top + legend.height + 12))
    let plot = Plot(area, x: x, y: y)
    plot.drawAxes(in: &drawing, x: "epoch", y: lossLabel)
    if longest == 0 { drawing.note("no epochs", in: area) }
    for (number, series) in series.enumerated() { draw(series, number, plot, in: &drawing) }
    legend.draw(in: &drawing, at: Point(area.right + 20, area.top))
    return drawing.svg
  }

  private var entries: [(key: Legend.Key, label: String)] {
    series.enumerated().map { number, series in
      let runs = series.runs.count > 1 ? " (mean of \(series.runs.count))" : ""
      return (.line(ink(number)), series.name + runs)
    }
  }

  private func ink(_ number: Int) -> Ink {
    .line(Palette.colour(number), 2.4, dashes: Palette.dashes(number))
  }

  private func draw(_ series: Series, _ number: Int, _ plot: Plot, in drawing: inout Drawing) {
    if series.runs.count > 1 {
      for run in series.runs {
        let points = points(run, plot)
        drawing.path(points, .line(Palette.colour(number), 0.8, opacity: 0.45))
      }
    }
    let mean = Self.mean(of: series.runs)
    let points = points(mean, plot)
    if points.count == 1 { drawing.marks(points, .ofGroup(number)) }
    drawing.path(points, ink(number))
  }

  private func points(_ losses: [Double], _ plot: Plot) -> [Point] {
    losses.enumerated().filter(\.element.isDrawable).map { plot.place(Double(firstEpoch + $0.offset), $0.element) }
  }

  /// Over the epochs that all runs have, so that no run's end bends the line.
  static func mean(of runs: [[Double]]) -> [Double] {
    let runs = runs.filter { !$0.isEmpty }
    let shared = runs.map(\.count).min() ?? 0
    return (0..<shared).map { epoch in runs.reduce(0) { $0 + $1[epoch] } / Double(runs.count) }
  }
}
