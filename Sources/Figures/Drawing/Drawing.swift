/// An SVG document that grows shape after shape.
struct Drawing {
  enum Anchor: String { case start, middle, end }

  let width: Double
  let height: Double
  private let title: String
  private let caption: String
  private var body = ""

  static let fonts = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
  static let titleSize = 15.0
  static let labelSize = 12.0
  static let tickSize = 11.0
  static let dark = "#222222"
  static let grey = "#767676"
  static let faint = "#E3E3E3"
  /// What the title takes at the top.
  static let titleHeight = 36.0

  /// An empty picture with its title written at the top, in bold letters that are an eighth wider.
  init(_ figure: some Figure, width: Double, height: Double) {
    (self.width, self.height, title, caption) = (width, height, figure.title, figure.caption)
    rectangle(Area(left: 0, top: 0, width: width, height: height), .filled("#FFFFFF"))
    let fitted = TextMeasure.fitted(title, size: 1.12 * Self.titleSize, width: width - 24)
    text(fitted, at: Point(12, 23), size: Self.titleSize, isBold: true)
  }

  var svg: String {
    let (width, height) = (NumberText.coordinate(width), NumberText.coordinate(height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      role="img" font-family="\(Self.fonts)">
      <title>\(Self.escaped(title))</title>
      <desc>\(Self.escaped(caption))</desc>
      \(body)</svg>

      """
  }

  mutating func line(_ from: Point, _ to: Point, _ ink: Ink) { path([from, to], ink) }

  /// Lines apart from each other, as one element.
  mutating func lines(_ lines: [(from: Point, to: Point)], _ ink: Ink) {
    guard !lines.isEmpty else { return }
    let data = lines.map { "M\(Self.pair($0.from))L\(Self.pair($0.to))" }.joined()
    body += "<path d=\"\(data)\"\(ink.attributes)/>\n"
  }

  /// Straight lines from point to point.
  mutating func path(_ points: [Point], isClosed: Bool = false, _ ink: Ink) {
    guard points.count > 1 else { return }
    body += "<path d=\"M\(points.map(Self.pair).joined(separator: "L"))\(isClosed ? "Z" : "")\"\(ink.attributes)/>\n"
  }

  mutating func rectangle(_ area: Area, _ ink: Ink) {
    let number = NumberText.coordinate
    body += "<rect x=\"\(number(area.left))\" y=\"\(number(area.top))\" width=\"\(number(max(0, area.width)))\""
    body += " height=\"\(number(max(0, area.height)))\"\(ink.attributes)/>\n"
  }

  /// The same mark at many places, as one element.
  mutating func marks(_ places: [Point], _ mark: Mark, radius: Double = 3, opacity: Double = 1) {
    guard !places.isEmpty else { return }
    let data = places.map { mark.shape.path(at: $0, radius: radius) }.joined()
    body += "<path d=\"\(data)\"\(mark.ink(radius: radius, opacity: opacity).attributes)"
    body += mark.shape == .circle ? " stroke-linecap=\"round\"/>\n" : "/>\n"
  }

  mutating func text(
    _ text: String, at place: Point, size: Double = labelSize, anchor: Anchor = .start, colour: String = dark,
    isBold: Bool = false, isUpright: Bool = false
  ) {
    let number = NumberText.coordinate
    let (x, y) = (number(place.x), number(place.y))
    body += "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(number(size))\" fill=\"\(colour)\""
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if isBold { body += " font-weight=\"bold\"" }
    if isUpright { body += " transform=\"rotate(-90 \(x) \(y))\"" }
    body += ">\(Self.escaped(text))</text>\n"
  }

  /// Says in the middle of an area why it is empty.
  mutating func note(_ text: String, in area: Area) {
    let lines = TextMeasure.lines(text, size: Self.labelSize, width: area.width - 12)
    for (number, line) in lines.enumerated() {
      let down = 16 * (Double(number) - Double(lines.count - 1) / 2) + 4
      self.text(line, at: area.centre + Point(0, down), anchor: .middle, colour: Self.grey)
    }
  }

  static func pair(_ place: Point) -> String {
    "\(NumberText.coordinate(place.x)) \(NumberText.coordinate(place.y))"
  }

  /// Text for XML 1.0, where control characters have no place.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
