/// Two groups' boxes with all points for each of several things, such as drugs, on one axis.
package struct PairedBoxFigure: Figure {
  package struct Pair: Sendable {
    package var name: String
    package var first: [Double]
    package var second: [Double]
    /// Lines above the boxes, such as `p = 0.012`.
    package var statements: [String]

    package init(name: String, first: [Double], second: [Double], statements: [String] = []) {
      self.name = name
      self.first = first
      self.second = second
      self.statements = statements
    }
  }

  package var title: String
  package var caption: String
  /// Names of the two groups, which the legend shows.
  package var first: String
  package var second: String
  package var pairs: [Pair]
  package var valueLabel: String

  package init(title: String, caption: String, first: String, second: String, pairs: [Pair], valueLabel: String) {
    self.title = title
    self.caption = caption
    self.first = first
    self.second = second
    self.pairs = pairs
    self.valueLabel = valueLabel
  }

  private static let column = 112.0
  private static let lineHeight = 15.0

  package var svg: String {
    let y = Scale(covering: pairs.flatMap { $0.first + $0.second })
    let columns = Double(max(1, pairs.count))
    let lines = Double(pairs.map(\.statements.count).max() ?? 0)
    let top = Drawing.titleHeight + 12 + lines * Self.lineHeight
    let area = Area(left: Plot.margin(for: y), top: top, width: max(260, columns * Self.column), height: 260)
    let legend = Legend("", [(.mark(.ofGroup(0)), first), (.mark(.ofGroup(1)), second)])
    var drawing = Drawing(
      self, width: area.right + 16 + legend.width, height: max(area.bottom + 48, top + legend.height + 8))
    let plot = Plot(area, x: Scale(from: 0, to: columns, 1), y: y)
    plot.drawVertical(in: &drawing, valueLabel)
    drawing.line(Point(area.left, area.bottom), Point(area.right, area.bottom), .line(Drawing.dark))
    if pairs.isEmpty { drawing.note("nothing to compare", in: area) }
    for (number, pair) in pairs.enumerated() { draw(pair, number, plot, in: &drawing) }
    legend.draw(in: &drawing, at: Point(area.right + 14, area.top))
    return drawing.svg
  }

  private func draw(_ pair: Pair, _ number: Int, _ plot: Plot, in drawing: inout Drawing) {
    let room = plot.area.width / Double(pairs.count)
    let middle = plot.area.left + (Double(number) + 0.5) * room
    func write(_ words: String, _ down: Double, _ colour: String = Drawing.dark) {
      let fitted = TextMeasure.fitted(words, size: Drawing.tickSize, width: room - 6)
      drawing.text(fitted, at: Point(middle, down), size: Drawing.tickSize, anchor: .middle, colour: colour)
    }
    for (line, statement) in pair.statements.enumerated() {
      let above = Double(pair.statements.count - line) * Self.lineHeight
      write(statement, plot.area.top - above + Self.lineHeight - 8)
    }
    let groups = [pair.first, pair.second].map { $0.filter(\.isDrawable).sorted() }
    for (side, values) in groups.enumerated() {
      BoxGlyph(values: values, middle: middle + (side == 0 ? -24 : 24), reach: 19, number: side)
        .draw(plot, in: &drawing)
    }
    write(pair.name, plot.area.bottom + 18)
    write("n = \(groups[0].count), \(groups[1].count)", plot.area.bottom + 34, Drawing.grey)
    guard groups.allSatisfy(\.isEmpty) else { return }
    let column = Area(left: middle - room / 2, top: plot.area.top, width: room, height: plot.area.height)
    drawing.note("no values", in: column)
  }
}
