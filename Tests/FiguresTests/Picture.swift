import Foundation
import FoundationXML

/// An SVG document as a reader sees it: whether it is well-formed, what it says, and where its shapes lie.
final class Picture: NSObject, XMLParserDelegate {
  private(set) var isWellFormed = false
  private(set) var texts: [String] = []
  private(set) var title = ""
  private(set) var caption = ""
  /// Shapes and words that reach out of the view box, and coordinates that are no numbers.
  private(set) var faults: [String] = []
  private(set) var elements: [String: Int] = [:]

  private var view: (width: Double, height: Double) = (0, 0)
  private var current = ""
  private var attributes: [String: String] = [:]

  init(_ svg: String) {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    (current, self.attributes) = ("", attributes)
    elements[name, default: 0] += 1
    switch name {
    case "svg":
      let box = numbers(attributes["viewBox"])
      if box.count == 4 { view = (box[2], box[3]) }
    case "rect":
      let corner = (numbers(attributes["x"]) + numbers(attributes["y"]))
      let size = (numbers(attributes["width"]) + numbers(attributes["height"]))
      guard corner.count == 2, size.count == 2 else { return faults.append("a rectangle \(attributes)") }
      check(corner[0], corner[1])
      check(corner[0] + size[0], corner[1] + size[1])
    case "path":
      let data = (attributes["d"] ?? "").replacing("h0", with: "").replacing("Z", with: "")
      for pair in data.split(whereSeparator: { $0 == "M" || $0 == "L" }) {
        let place = numbers(String(pair))
        guard place.count == 2 else { return faults.append("a path with '\(pair)'") }
        check(place[0], place[1])
      }
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { current += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    switch name {
    case "title": title = current
    case "desc": caption = current
    case "text":
      texts.append(current)
      checkText()
    default: break
    }
    current = ""
  }

  /// Words by half the size a letter, which is what the fonts of the list take on average.
  private func checkText() {
    let place = numbers(attributes["x"]) + numbers(attributes["y"])
    guard place.count == 2, let size = numbers(attributes["font-size"]).first else {
      return faults.append("text \(attributes)")
    }
    let length = Double(current.count) * size / 2
    let shares: (Double, Double) =
      switch attributes["text-anchor"] {
      case "middle": (0.5, 0.5)
      case "end": (1, 0)
      default: (0, 1)
      }
    if attributes["transform"] != nil {
      check(place[0] - size, place[1] - length * shares.0)
      check(place[0], place[1] + length * shares.1)
    } else {
      check(place[0] - length * shares.0, place[1] - size)
      check(place[0] + length * shares.1, place[1])
    }
  }

  private func check(_ x: Double, _ y: Double) {
    let isInside = x >= 0 && y >= 0 && x <= view.width && y <= view.height
    if !isInside { faults.append("\(x), \(y) is outside \(view) (\(attributes), '\(current)')") }
  }

  private func numbers(_ text: String?) -> [Double] {
    let parts = (text ?? "").split(separator: " ")
    let numbers = parts.compactMap { Double($0) }.filter(\.isFinite)
    if numbers.count != parts.count { faults.append("'\(text ?? "")' has no number") }
    return numbers
  }
}
