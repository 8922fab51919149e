/// An area with two axes.
struct Plot {
  let area: Area
  let x: Scale
  let y: Scale

  /// What the labels below an area take.
  static let footHeight = 44.0

  init(_ area: Area, x: Scale, y: Scale) {
    self.area = area
    self.x = x.placed(from: area.left, to: area.right)
    self.y = y.placed(from: area.bottom, to: area.top)
  }

  /// What the labels to the left of an area with this axis take.
  static func margin(for scale: Scale) -> Double { scale.labelWidth + 36 }

  func place(_ x: Double, _ y: Double) -> Point { Point(self.x.position(x), self.y.position(y)) }

  func places(_ x: [Double], _ y: [Double]) -> [Point] { zip(x, y).map { place($0, $1) } }

  /// Both axes with ticks and labels, and faint lines at the ticks of the vertical one.
  func drawAxes(in drawing: inout Drawing, x xLabel: String, y yLabel: String) {
    drawVertical(in: &drawing, yLabel)
    drawHorizontal(in: &drawing, xLabel)
  }

  func drawVertical(in drawing: inout Drawing, _ label: String) {
    for tick in y.ticks {
      let down = y.position(tick.value)
      drawing.line(Point(area.left, down), Point(area.right, down), .line(Drawing.faint))
      drawing.text(tick.label, at: Point(area.left - 6, down + 4), size: Drawing.tickSize, anchor: .end)
    }
    drawing.line(Point(area.left, area.top), Point(area.left, area.bottom), .line(Drawing.dark))
    let fitted = TextMeasure.fitted(label, size: Drawing.labelSize, width: area.height + 60)
    let across = max(14, area.left - y.labelWidth - 18)
    drawing.text(fitted, at: Point(across, area.centre.y), anchor: .middle, isUpright: true)
  }

  func drawHorizontal(in drawing: inout Drawing, _ label: String) {
    var free = -Double.infinity
    for tick in x.ticks {
      let (across, half) = (x.position(tick.value), TextMeasure.width(of: tick.label, size: Drawing.tickSize) / 2)
      drawing.line(Point(across, area.bottom), Point(across, area.bottom + 4), .line(Drawing.dark))
      guard across - half > free else { continue }
      drawing.text(tick.label, at: Point(across, area.bottom + 17), size: Drawing.tickSize, anchor: .middle)
      free = across + half + 4
    }
    drawing.line(Point(area.left, area.bottom), Point(area.right, area.bottom), .line(Drawing.dark))
    let fitted = TextMeasure.fitted(label, size: Drawing.labelSize, width: area.width + 40)
    drawing.text(fitted, at: Point(area.centre.x, area.bottom + 36), anchor: .middle)
  }
}
