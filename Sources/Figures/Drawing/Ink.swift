/// How a shape is filled and outlined.
struct Ink {
  var fill = "none"
  var stroke: String?
  var width = 1.0
  /// Lengths of strokes and gaps.
  var dashes: String?
  var opacity = 1.0

  static func filled(_ colour: String, opacity: Double = 1) -> Ink { Ink(fill: colour, opacity: opacity) }

  static func line(_ colour: String, _ width: Double = 1, dashes: String? = nil, opacity: Double = 1) -> Ink {
    Ink(stroke: colour, width: width, dashes: dashes, opacity: opacity)
  }

  var attributes: String {
    var text = " fill=\"\(fill)\""
    if let stroke {
      text += " stroke=\"\(stroke)\" stroke-width=\"\(NumberText.coordinate(width))\" stroke-linejoin=\"round\""
    }
    if let dashes { text += " stroke-dasharray=\"\(dashes)\"" }
    if opacity < 1 { text += " opacity=\"\(NumberText.coordinate(opacity))\"" }
    return text
  }
}
