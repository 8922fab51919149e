/// How well scores tell two classes apart: a ROC or a precision-recall curve for each model.
package struct DiscriminationFigure: Figure {
  package enum Kind: Sendable, Equatable {
    /// False positive rate against true positive rate.
    case roc
    /// Recall against precision; `prevalence` is the precision of a guess, nil where it is not known.
    case precisionRecall(prevalence: Double?)
  }

  package struct Curve: Sendable {
    package var name: String
    /// False positive rates, or recalls.
    package var x: [Double]
    /// True positive rates, or precisions.
    package var y: [Double]
    /// The area under it, or the average precision; nil where it cannot be estimated.
    package var area: Double?

    package init(name: String, x: [Double], y: [Double], area: Double?) {
      precondition(x.count == y.count, "\(x.count) and \(y.count) coordinates")
      self.name = name
      self.x = x
      self.y = y
      self.area = area
    }
  }

  package var title: String
  package var caption: String
  package var kind: Kind
  package var curves: [Curve]

  package init(title: String, caption: String, kind: Kind, curves: [Curve]) {
    self.title = title
    self.caption = caption
    self.kind = kind
    self.curves = curves
  }

  package var svg: String {
    let scale = Scale(from: 0, to: 1, 0.2)
    let area = Area(left: Plot.margin(for: scale), top: Drawing.titleHeight + 8, width: 320, height: 320)
    let legend = Legend(kind == .roc ? "area under curve" : "average precision", entries)
    let width = area.right + 24 + legend.width
    var drawing = Drawing(self, width: width, height: max(area.bottom + Plot.footHeight, area.top + legend.height + 12))
    let plot = Plot(area, x: scale, y: scale)
    plot.drawAxes(
      in: &drawing, x: kind == .roc ? "false positive rate" : "recall",
      y: kind == .roc ? "true positive rate" : "precision")
    drawGuess(plot, in: &drawing)
    let isEmpty = curves.allSatisfy { $0.x.count < 2 }
    if isEmpty { drawing.note("no curve: a class is missing", in: area) }
    for (number, curve) in curves.enumerated() { draw(curve, number, plot, in: &drawing) }
    legend.draw(in: &drawing, at: Point(area.right + 20, area.top))
    return drawing.svg
  }

  private var entries: [(key: Legend.Key, label: String)] {
    curves.enumerated().map { number, curve in
      let value = curve.area.flatMap { $0.isDrawable ? NumberText.share($0) : nil } ?? "not estimable"
      return (.line(ink(number)), "\(curve.name): \(value)")
    }
  }

  private func ink(_ number: Int) -> Ink {
    .line(Palette.colour(number), 2, dashes: Palette.dashes(number / Palette.colours.count))
  }

  private func drawGuess(_ plot: Plot, in drawing: inout Drawing) {
    let ink = Ink.line(Drawing.grey, 1, dashes: "4 4")
    switch kind {
    case .roc: drawing.line(plot.place(0, 0), plot.place(1, 1), ink)
    case .precisionRecall(let prevalence):
      guard let prevalence, prevalence.isDrawable else { return }
      drawing.line(plot.place(0, prevalence), plot.place(1, prevalence), ink)
    }
  }

  /// The precision at a recall holds down to the next lower recall, so that its curve has steps.
  private func draw(_ curve: Curve, _ number: Int, _ plot: Plot, in drawing: inout Drawing) {
    var shown = curve.x.indices.filter { curve.x[$0].isDrawable && curve.y[$0].isDrawable }
    if kind != .roc, let first = shown.first, let last = shown.last, curve.x[first] < curve.x[last] { shown.reverse() }
    var points: [Point] = []
    for row in shown {
      let place = plot.place(curve.x[row], curve.y[row])
      if kind != .roc, let last = points.last { points.append(Point(place.x, last.y)) }
      points.append(place)
    }
    drawing.path(Self.thinned(points), ink(number))
  }

  /// Without points that lie within a third of a pixel of the one before: a curve of many pairs has as many.
  private static func thinned(_ points: [Point]) -> [Point] {
    var kept: [Point] = []
    for (place, point) in points.enumerated() {
      guard let last = kept.last, place < points.count - 1 else {
        kept.append(point)
        continue
      }
      if max(abs(point.x - last.x), abs(point.y - last.y)) >= 0.33 { kept.append(point) }
    }
    return kept
  }
}
