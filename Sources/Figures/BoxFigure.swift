/// Boxes of quartiles with all points, for groups side by side, and what a test says of them.
package struct BoxFigure: Figure {
  package struct Group: Sendable {
    package var name: String
    package var values: [Double]

    package init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  package var title: String
  package var caption: String
  package var groups: [Group]
  package var valueLabel: String
  /// Such as `Mann-Whitney p = 0.012`; nil for none.
  package var statement: String?

  package init(title: String, caption: String, groups: [Group], valueLabel: String, statement: String? = nil) {
    self.title = title
    self.caption = caption
    self.groups = groups
    self.valueLabel = valueLabel
    self.statement = statement
  }

  private static let column = 120.0

  package var svg: String {
    let y = Scale(covering: groups.flatMap(\.values))
    let columns = Double(max(1, groups.count))
    let top = Drawing.titleHeight + (statement == nil ? 8 : 26)
    let area = Area(left: Plot.margin(for: y), top: top, width: max(260, columns * Self.column), height: 280)
    var drawing = Drawing(self, width: area.right + 20, height: area.bottom + 48)
    let plot = Plot(area, x: Scale(from: 0, to: columns, 1), y: y)
    plot.drawVertical(in: &drawing, valueLabel)
    drawing.line(Point(area.left, area.bottom), Point(area.right, area.bottom), .line(Drawing.dark))
    if let statement {
      let fitted = TextMeasure.fitted(statement, size: Drawing.labelSize, width: area.width)
      drawing.text(fitted, at: Point(area.centre.x, top - 8), anchor: .middle)
    }
    if groups.isEmpty { drawing.note("no groups", in: area) }
    for (number, group) in groups.enumerated() { draw(group, number, plot, in: &drawing) }
    return drawing.svg
  }

  private func draw(_ group: Group, _ number: Int, _ plot: Plot, in drawing: inout Drawing) {
    let values = group.values.filter(\.isDrawable).sorted()
    let middle = plot.x.position(Double(number) + 0.5)
    let room = plot.area.width / Double(groups.count)
    let name = TextMeasure.fitted(group.name, size: Drawing.labelSize, width: room - 6)
    drawing.text(name, at: Point(middle, plot.area.bottom + 18), anchor: .middle)
    let count = "n = \(values.count)"
    drawing.text(
      count, at: Point(middle, plot.area.bottom + 34), size: Drawing.tickSize, anchor: .middle, colour: Drawing.grey)
    guard !values.isEmpty else {
      let column = Area(left: middle - room / 2, top: plot.area.top, width: room, height: plot.area.height)
      return drawing.note("no values", in: column)
    }
    drawPoints(values, middle, number, plot, in: &drawing)
    if values.count > 2 { drawBox(values, middle, number, plot, in: &drawing) }
  }

  /// Beside each other by the golden ratio, so that the same values always lie alike.
  private func drawPoints(
    _ values: [Double], _ middle: Double, _ number: Int, _ plot: Plot, in drawing: inout Drawing
  ) {
    let places = values.enumerated().map { rank, value in
      let share = (Double(rank) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1)
      return Point(middle + (values.count > 1 ? share - 0.5 : 0) * 44, plot.y.position(value))
    }
    drawing.marks(places, .ofGroup(number), radius: values.count > 200 ? 1.5 : 2.5, opacity: 0.5)
  }

  /// Quartiles by linear interpolation; whiskers to the last value within 1.5 times the box (Tukey 1977).
  private func drawBox(
    _ values: [Double], _ middle: Double, _ number: Int, _ plot: Plot, in drawing: inout Drawing
  ) {
    let (low, median, high) = (Self.quantile(values, 0.25), Self.quantile(values, 0.5), Self.quantile(values, 0.75))
    let reach = 1.5 * (high - low)
    let least = min(low, values.first { $0 >= low - reach } ?? low)
    let most = max(high, values.last { $0 <= high + reach } ?? high)
    let (ink, y) = (Ink.line(Drawing.dark, 1.2), plot.y)
    for (from, to) in [(low, least), (high, most)] {
      drawing.line(Point(middle, y.position(from)), Point(middle, y.position(to)), ink)
      drawing.line(Point(middle - 9, y.position(to)), Point(middle + 9, y.position(to)), ink)
    }
    let box = Area(
      left: middle - 28, top: y.position(high), width: 56, height: y.position(low) - y.position(high))
    drawing.rectangle(box, .filled(Palette.colour(number), opacity: 0.18))
    drawing.rectangle(box, ink)
    let line = Ink.line(Drawing.dark, 2.4)
    drawing.line(Point(box.left, y.position(median)), Point(box.right, y.position(median)), line)
  }

  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
