/// What stands for a sample: a shape and a colour, so that neither has to tell groups apart alone.
struct Mark: Equatable {
  enum Shape: CaseIterable {
    case circle, square, triangle, diamond, cross

    /// The outline around a place; a circle is the round end of a line of no length.
    func path(at place: Point, radius: Double) -> String {
      func polygon(_ corners: [Point]) -> String {
        "M\(corners.map { Drawing.pair(place + radius * $0) }.joined(separator: "L"))Z"
      }
      switch self {
      case .circle: return "M\(Drawing.pair(place))h0"
      case .square: return polygon([Point(-0.9, -0.9), Point(0.9, -0.9), Point(0.9, 0.9), Point(-0.9, 0.9)])
      case .triangle: return polygon([Point(0, -1.2), Point(1.1, 0.8), Point(-1.1, 0.8)])
      case .diamond: return polygon([Point(0, -1.3), Point(1.1, 0), Point(0, 1.3), Point(-1.1, 0)])
      case .cross:
        let strokes = [[Point(-1, -1), Point(1, 1)], [Point(-1, 1), Point(1, -1)]]
        return strokes.map { "M\($0.map { Drawing.pair(place + radius * $0) }.joined(separator: "L"))" }.joined()
      }
    }
  }

  var shape: Shape
  var colour: String

  func ink(radius: Double, opacity: Double) -> Ink {
    switch shape {
    case .circle: .line(colour, 2 * radius, opacity: opacity)
    case .cross: .line(colour, max(1, radius / 2), opacity: opacity)
    case .square, .triangle, .diamond: .filled(colour, opacity: opacity)
    }
  }

  /// Groups that are not known.
  static let unknown = Mark(shape: .circle, colour: "#BBBBBB")

  /// The mark of the nth group: eight colours, then the same with the next shape; 40 differ.
  static func ofGroup(_ number: Int) -> Mark {
    let shapes = Shape.allCases
    return Mark(shape: shapes[number / Palette.colours.count % shapes.count], colour: Palette.colour(number))
  }
}
