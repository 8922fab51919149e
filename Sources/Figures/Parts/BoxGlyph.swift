/// A group's box and points, around a place of the horizontal axis.
struct BoxGlyph {
  /// Ascending.
  let values: [Double]
  let middle: Double
  /// Half the width of the box.
  let reach: Double
  /// Which colour and mark.
  let number: Int

  func draw(_ plot: Plot, in drawing: inout Drawing) {
    guard !values.isEmpty else { return }
    drawPoints(plot, in: &drawing)
    if values.count > 2 { drawBox(plot, in: &drawing) }
  }

  /// More are thinned: each nth by rank, and the ends.
  private static let mostPoints = 600

  /// Beside each other by the golden ratio, so that the same values always lie alike.
  private func drawPoints(_ plot: Plot, in drawing: inout Drawing) {
    let step = (values.count - 1) / Self.mostPoints + 1
    let ranks = values.indices.filter { $0.isMultiple(of: step) || $0 == values.count - 1 }
    let places = ranks.map { rank in
      let value = values[rank]
      let share = (Double(rank) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1)
      return Point(middle + (values.count > 1 ? share - 0.5 : 0) * reach * 11 / 7, plot.y.position(value))
    }
    drawing.marks(places, .ofGroup(number), radius: values.count > 200 ? 1.5 : 2.5, opacity: 0.5)
  }

  /// Quartiles by linear interpolation; whiskers to the last value within 1.5 times the box (Tukey 1977).
  private func drawBox(_ plot: Plot, in drawing: inout Drawing) {
    let (low, median, high) = (Self.quantile(values, 0.25), Self.quantile(values, 0.5), Self.quantile(values, 0.75))
    let span = 1.5 * (high - low)
    let least = min(low, values.first { $0 >= low - span } ?? low)
    let most = max(high, values.last { $0 <= high + span } ?? high)
    let (ink, y) = (Ink.line(Drawing.dark, 1.2), plot.y)
    for (from, to) in [(low, least), (high, most)] {
      drawing.line(Point(middle, y.position(from)), Point(middle, y.position(to)), ink)
      drawing.line(Point(middle - 9, y.position(to)), Point(middle + 9, y.position(to)), ink)
    }
    let box = Area(
      left: middle - reach, top: y.position(high), width: 2 * reach, height: y.position(low) - y.position(high))
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
