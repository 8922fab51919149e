/// Horizontal bars with their names, the first on top.
package struct BarFigure: Figure {
  package struct Bar: Sendable {
    package var name: String
    package var value: Double
    /// What colours it, such as a tissue; "" where that is not known.
    package var group: String

    package init(name: String, value: Double, group: String) {
      self.name = name
      self.value = value
      self.group = group
    }
  }

  package var title: String
  package var caption: String
  package var bars: [Bar]
  package var valueLabel: String
  package var legendTitle: String

  package init(title: String, caption: String, bars: [Bar], valueLabel: String, legendTitle: String) {
    self.title = title
    self.caption = caption
    self.bars = bars
    self.valueLabel = valueLabel
    self.legendTitle = legendTitle
  }

  private static let thickness = 20.0

  package var svg: String {
    let shown = bars.filter(\.value.isDrawable)
    let names = shown.map { TextMeasure.fitted($0.name, size: Drawing.tickSize, width: 150) }
    let widest = names.map { TextMeasure.width(of: $0, size: Drawing.tickSize) }.max() ?? 0
    let area = Area(
      left: max(40, widest + 22), top: Drawing.titleHeight + 8, width: 360,
      height: max(100, Double(shown.count) * Self.thickness + 6))
    let groups = Groups(shown.map(\.group))
    let legend = Legend(
      legendTitle,
      groups.names.map {
        (.mark(Mark(shape: .square, colour: groups.mark(of: $0).colour)), $0.isEmpty ? Groups.unknown : $0)
      })
    var drawing = Drawing(
      self, width: area.right + 56 + legend.width,
      height: max(area.bottom + Plot.footHeight, area.top + legend.height + 12))
    let plot = Plot(area, x: Scale(covering: [0] + shown.map(\.value)), y: Scale(from: 0, to: 1, 1))
    plot.drawHorizontal(in: &drawing, valueLabel)
    if shown.isEmpty { drawing.note("nothing to show", in: area) }
    for (row, bar) in shown.enumerated() { draw(bar, names[row], row, groups, plot, in: &drawing) }
    legend.draw(in: &drawing, at: Point(area.right + 50, area.top))
    return drawing.svg
  }

  private func draw(
    _ bar: Bar, _ name: String, _ row: Int, _ groups: Groups, _ plot: Plot, in drawing: inout Drawing
  ) {
    let top = plot.area.top + Double(row) * Self.thickness + 3
    let (zero, end) = (plot.x.position(0), plot.x.position(bar.value))
    let area = Area(left: min(zero, end), top: top, width: abs(end - zero), height: Self.thickness - 5)
    drawing.rectangle(area, .filled(groups.mark(of: bar.group).colour))
    drawing.text(name, at: Point(plot.area.left - 6, top + 12), size: Drawing.tickSize, anchor: .end)
    let decimals = decimals(of: plot.x)
    let value = NumberText.label(bar.value, decimals: decimals)
    drawing.text(value, at: Point(max(zero, end) + 4, top + 12), size: Drawing.tickSize)
  }

  /// One more than the ticks need.
  private func decimals(of scale: Scale) -> Int {
    let label = scale.ticks.last?.label ?? ""
    return 1 + (label.split(separator: ".").dropFirst().first?.count ?? 0)
  }
}
