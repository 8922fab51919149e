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
    let area = Area(left: Plot.margin(for: y), top: top, width: max(300, columns * Self.column), height: 280)
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
    BoxGlyph(values: values, middle: middle, reach: 28, number: number).draw(plot, in: &drawing)
  }
}
