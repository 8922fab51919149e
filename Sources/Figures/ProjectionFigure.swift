/// Samples as points of a plane, in one panel or several side by side, coloured by group.
package struct ProjectionFigure: Figure {
  package struct Panel: Sendable {
    package var name: String
    package var x: [Double]
    package var y: [Double]
    /// A group for each point, "" where it is not known.
    package var groups: [String]

    package init(name: String, x: [Double], y: [Double], groups: [String]) {
      precondition(x.count == y.count && x.count == groups.count, "\(x.count), \(y.count), \(groups.count) points")
      self.name = name
      self.x = x
      self.y = y
      self.groups = groups
    }
  }

  package var title: String
  package var caption: String
  package var panels: [Panel]
  /// What the groups are, such as `cohort`.
  package var legendTitle: String

  package init(title: String, caption: String, panels: [Panel], legendTitle: String) {
    self.title = title
    self.caption = caption
    self.panels = panels
    self.legendTitle = legendTitle
  }

  private static let side = 330.0
  private static let gap = 28.0

  package var svg: String {
    let groups = Groups(panels.max { $0.groups.count < $1.groups.count }?.groups ?? [])
    let legend = Legend(legendTitle, groups.legend)
    let top = Drawing.titleHeight + 22
    let width = 28 + Double(max(1, panels.count)) * (Self.side + Self.gap) + legend.width
    var drawing = Drawing(self, width: width, height: max(top + Self.side + 30, top + legend.height + 12))
    for (number, panel) in panels.enumerated() {
      let left = 28 + Double(number) * (Self.side + Self.gap)
      draw(panel, groups, in: &drawing, Area(left: left, top: top, width: Self.side, height: Self.side))
    }
    if panels.isEmpty { drawing.note("nothing to show", in: Area(left: 28, top: top, width: Self.side, height: 200)) }
    legend.draw(in: &drawing, at: Point(width - legend.width + 6, top))
    return drawing.svg
  }

  /// One scale for both directions, as distances shall be seen; none has ticks, as the coordinates have no meaning.
  private func draw(_ panel: Panel, _ groups: Groups, in drawing: inout Drawing, _ area: Area) {
    drawing.rectangle(area, .line("#AAAAAA"))
    let name = TextMeasure.fitted(panel.name, size: Drawing.labelSize, width: area.width)
    drawing.text(name, at: Point(area.left, area.top - 8), isBold: true)
    drawing.text("t-SNE 1", at: Point(area.centre.x, area.bottom + 18), size: Drawing.tickSize, anchor: .middle)
    drawing.text(
      "t-SNE 2", at: Point(area.left - 9, area.centre.y), size: Drawing.tickSize, anchor: .middle, isUpright: true)
    let shown = panel.x.indices.filter { panel.x[$0].isDrawable && panel.y[$0].isDrawable }
    guard let first = shown.first else { return drawing.note("no samples", in: area) }
    var (low, high) = (Point(panel.x[first], panel.y[first]), Point(panel.x[first], panel.y[first]))
    for row in shown {
      let place = Point(panel.x[row], panel.y[row])
      (low, high) = (pointwiseMin(low, place), pointwiseMax(high, place))
    }
    let (middle, span) = ((low + high) / 2, max((high - low).max(), .leastNormalMagnitude))
    let radius = shown.count > 400 ? 2.0 : 3.0
    for group in groups.names.reversed() where group.isEmpty { mark(group) }
    for group in groups.names where !group.isEmpty { mark(group) }

    func mark(_ group: String) {
      let places = shown.filter { panel.groups[$0] == group }.map { row in
        let share = (Point(panel.x[row], panel.y[row]) - middle) / span
        return area.centre + Point(share.x, -share.y) * (area.width - 20)
      }
      drawing.marks(places, groups.mark(of: group), radius: radius, opacity: 0.75)
    }
  }
}
