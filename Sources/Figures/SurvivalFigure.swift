/// Kaplan-Meier curves with their confidence bands, ticks at censored samples, and the numbers at risk below.
package struct SurvivalFigure: Figure {
  package struct Curve: Sendable {
    package var name: String
    /// Times of the steps, ascending, and from each on the share that survives and its interval (nil: none there).
    package var times: [Double]
    package var survival: [Double]
    package var lower: [Double?]
    package var upper: [Double?]
    /// Of each sample: how long it was followed, and whether the event came; for ticks and numbers at risk.
    package var durations: [Double]
    package var events: [Bool]

    package init(
      name: String, times: [Double], survival: [Double], lower: [Double?], upper: [Double?], durations: [Double],
      events: [Bool]
    ) {
      precondition(
        times.count == survival.count && times.count == lower.count && times.count == upper.count
          && durations.count == events.count, "a curve of \(name) whose lists differ in length")
      self.name = name
      self.times = times
      self.survival = survival
      self.lower = lower
      self.upper = upper
      self.durations = durations
      self.events = events
    }
  }

  package var title: String
  package var caption: String
  package var curves: [Curve]
  /// Such as `days`.
  package var timeLabel: String
  package var survivalLabel: String
  /// Stands in the picture, such as a log-rank test; nil for none.
  package var statement: String?

  package init(
    title: String, caption: String, curves: [Curve], timeLabel: String = "days",
    survivalLabel: String = "share without event", statement: String? = nil
  ) {
    self.title = title
    self.caption = caption
    self.curves = curves
    self.timeLabel = timeLabel
    self.survivalLabel = survivalLabel
    self.statement = statement
  }

  package var svg: String {
    let x = Scale(covering: [0] + curves.flatMap(\.durations).filter { $0.isDrawable && $0 > 0 }, about: 6)
    let y = Scale(from: 0, to: 1, 0.2)
    let names = curves.map { TextMeasure.fitted($0.name, size: Drawing.tickSize, width: 120) }
    let widest = names.map { TextMeasure.width(of: $0, size: Drawing.tickSize) }.max() ?? 0
    let area = Area(left: max(80, widest + 34), top: Drawing.titleHeight + 8, width: 480, height: 280)
    let tableTop = area.bottom + Plot.footHeight + 18
    let (legend, side) = (legend, area.right + x.overhang - 4)
    var drawing = Drawing(
      self, width: side + max(legend.width, statement == nil ? 0 : 150),
      height: tableTop + Double(curves.count) * 18 + 10)
    let plot = Plot(area, x: x, y: y)
    plot.drawAxes(in: &drawing, x: timeLabel, y: survivalLabel)
    if curves.allSatisfy(\.durations.isEmpty) { drawing.note("no samples with a time", in: area) }
    for (number, curve) in curves.enumerated() { drawBand(curve, number, plot, in: &drawing) }
    for (number, curve) in curves.enumerated() { drawSteps(curve, number, plot, in: &drawing) }
    legend.draw(in: &drawing, at: Point(side, area.top))
    drawStatement(in: &drawing, at: Point(side, area.top + legend.height + 4))
    drawTable(names, plot, top: tableTop, in: &drawing)
    return drawing.svg
  }

  /// Each step twice: where it begins and where it ends.
  private static func steps(_ curve: Curve, _ values: [Double?], _ plot: Plot) -> [Point] {
    var points = [plot.place(0, 1)]
    var (last, level) = (0.0, 1.0)
    for (time, value) in zip(curve.times, values) {
      guard let value, value.isDrawable, time.isDrawable else { continue }
      points += [plot.place(time, level), plot.place(time, value)]
      (last, level) = (time, value)
    }
    let end = max(last, curve.durations.filter(\.isDrawable).max() ?? 0)
    return points + [plot.place(end, level)]
  }

  private func drawBand(_ curve: Curve, _ number: Int, _ plot: Plot, in drawing: inout Drawing) {
    guard !curve.durations.isEmpty, curve.lower.contains(where: { $0 != nil }) else { return }
    let outline =
      Self.steps(curve, curve.upper, plot) + Self.steps(curve, curve.lower, plot).reversed()
    drawing.path(outline, isClosed: true, .filled(Palette.colour(number), opacity: 0.15))
  }

  private func drawSteps(_ curve: Curve, _ number: Int, _ plot: Plot, in drawing: inout Drawing) {
    guard !curve.durations.isEmpty else { return }
    drawing.path(Self.steps(curve, curve.survival, plot), Self.ink(number))
    drawing.lines(
      Self.censored(curve, plot).map { ($0 - Point(0, 4), $0 + Point(0, 4)) }, .line(Palette.colour(number)))
  }

  /// Where ticks stand, from left to right: one for all samples within half a pixel, so that a picture of many samples
  /// stays small.
  private static func censored(_ curve: Curve, _ plot: Plot) -> [Point] {
    var places: [Point] = []
    let durations = zip(curve.durations, curve.events).filter { !$1 && $0.isDrawable }.map(\.0).sorted()
    var step = 0
    for duration in durations {
      while step < curve.times.count, curve.times[step] <= duration { step += 1 }
      let level = step == 0 ? 1 : curve.survival[step - 1]
      guard level.isDrawable else { continue }
      let place = plot.place(duration, level)
      if let last = places.last, place.y == last.y, place.x - last.x < 0.5 { continue }
      places.append(place)
    }
    return places
  }

  private static func ink(_ number: Int) -> Ink {
    .line(Palette.colour(number), 2, dashes: Palette.dashes(number))
  }

  private var legend: Legend {
    let entries = curves.enumerated().map { number, curve in
      let events = curve.events.count { $0 }
      let label = curve.durations.isEmpty ? "no samples" : "\(curve.durations.count), \(events) events"
      let name = TextMeasure.fitted(curve.name, size: Drawing.tickSize, width: 90)
      return (key: Legend.Key.line(Self.ink(number)), label: "\(name): \(label)")
    }
    return Legend("", entries)
  }

  private func drawStatement(in drawing: inout Drawing, at corner: Point) {
    guard let statement else { return }
    let lines = TextMeasure.lines(statement, size: Drawing.tickSize, width: drawing.width - corner.x - 4)
    for (number, line) in lines.prefix(8).enumerated() {
      let place = Point(corner.x, corner.y + 12 + 16 * Double(number))
      drawing.text(line, at: place, size: Drawing.tickSize)
    }
  }

  private func drawTable(_ names: [String], _ plot: Plot, top: Double, in drawing: inout Drawing) {
    drawing.text(
      "at risk", at: Point(plot.area.left - 26, top - 14), size: Drawing.tickSize, anchor: .end, isBold: true)
    for (number, curve) in curves.enumerated() {
      let down = top + Double(number) * 18 + 6
      let (left, colour) = (plot.area.left - 26, Palette.colour(number))
      drawing.text(names[number], at: Point(left, down), size: Drawing.tickSize, anchor: .end, colour: colour)
      for tick in plot.x.ticks {
        let atRisk = curve.durations.count { $0 >= tick.value }
        let place = Point(plot.x.position(tick.value), down)
        drawing.text(String(atRisk), at: place, size: Drawing.tickSize, anchor: .middle)
      }
    }
  }
}
