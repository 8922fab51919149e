/// How the values of samples spread: a histogram, and below it a strip with each sample and the median.
package struct DistributionFigure: Figure {
  package var title: String
  package var caption: String
  package var values: [Double]
  package var valueLabel: String

  package init(title: String, caption: String, values: [Double], valueLabel: String) {
    self.title = title
    self.caption = caption
    self.values = values
    self.valueLabel = valueLabel
  }

  package var svg: String {
    let shown = values.filter(\.isDrawable).sorted()
    let x = Scale(covering: shown, about: 6)
    let counts = Self.counts(shown, in: x, bins: Self.bins(x, for: shown.count))
    let y = Scale(covering: [0, Double(max(counts.max() ?? 0, 5))])
    let area = Area(left: Plot.margin(for: y), top: Drawing.titleHeight + 8, width: 440, height: 220)
    let strip = Area(left: area.left, top: area.bottom + 8, width: area.width, height: 34)
    var drawing = Drawing(self, width: area.right + x.overhang, height: strip.bottom + Plot.footHeight)
    let plot = Plot(area, x: x, y: y)
    plot.drawVertical(in: &drawing, "samples")
    let foot = Plot(strip, x: x, y: y)
    foot.drawHorizontal(in: &drawing, valueLabel)
    guard !shown.isEmpty else {
      drawing.note("no values", in: area)
      return drawing.svg
    }
    drawBars(counts, plot, in: &drawing)
    drawStrip(shown, foot, in: &drawing)
    drawMedian(BoxGlyph.quantile(shown, 0.5), plot, to: strip.bottom, in: &drawing)
    return drawing.svg
  }

  /// A whole number of bins from tick to tick, about as many as the square root of the number of values.
  private static func bins(_ scale: Scale, for count: Int) -> Int {
    let spans = max(1, scale.ticks.count - 1)
    let wanted = max(8, min(40, Double(count).squareRoot()))
    let parts = [1, 2, 4, 5, 10].min { abs(Double($0 * spans) - wanted) < abs(Double($1 * spans) - wanted) } ?? 1
    return parts * spans
  }

  private static func counts(_ values: [Double], in scale: Scale, bins: Int) -> [Int] {
    values.reduce(into: Array(repeating: 0, count: bins)) { counts, value in
      let share = (value - scale.low) / (scale.high - scale.low)
      // A value at an edge belongs to the bin above it, also where rounding puts it just below.
      counts[min(bins - 1, max(0, Int(share * Double(bins) + 1e-9)))] += 1
    }
  }

  private func drawBars(_ counts: [Int], _ plot: Plot, in drawing: inout Drawing) {
    let width = plot.area.width / Double(counts.count)
    for (bin, count) in counts.enumerated() where count > 0 {
      let top = plot.y.position(Double(count))
      let bar = Area(
        left: plot.area.left + Double(bin) * width + 0.5, top: top, width: width - 1, height: plot.area.bottom - top)
      drawing.rectangle(bar, .filled(Palette.colour(0), opacity: 0.75))
    }
  }

  private func drawStrip(_ values: [Double], _ plot: Plot, in drawing: inout Drawing) {
    let places = values.enumerated().map { rank, value in
      let share = (Double(rank) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1)
      return Point(plot.x.position(value), plot.area.top + 4 + share * (plot.area.height - 10))
    }
    drawing.marks(places, .ofGroup(0), radius: values.count > 200 ? 1.5 : 2.5, opacity: 0.5)
  }

  private func drawMedian(_ median: Double, _ plot: Plot, to bottom: Double, in drawing: inout Drawing) {
    let across = plot.x.position(median)
    drawing.line(Point(across, plot.area.top), Point(across, bottom), .line(Palette.colour(1), 1.5, dashes: "5 3"))
    let isRight = across > plot.area.centre.x
    let label = "median \(NumberText.label(median, decimals: 3))"
    drawing.text(
      label, at: Point(across + (isRight ? -6 : 6), plot.area.top + 10), size: Drawing.tickSize,
      anchor: isRight ? .end : .start, colour: Palette.colour(1))
  }
}
