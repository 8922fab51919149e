/// HTML under construction, in XML's syntax: every text is escaped, every element closed.
struct Markup {
  private(set) var text = ""

  /// What has a beginning and no end.
  private static let void: Set<String> = ["meta", "input", "img", "br", "col", "line", "circle", "rect", "path"]

  init() {}

  /// Appends an element with what `content` puts into it; an attribute without value is left out.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: (inout Markup) -> Void
  ) {
    open(name, attributes)
    content(&self)
    text += "</\(name)>"
  }

  /// The same with content that can fail.
  mutating func nest(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: (inout Markup) throws -> Void
  ) rethrows {
    open(name, attributes)
    try content(&self)
    text += "</\(name)>\n"
  }

  mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?>, _ words: String) {
    element(name, attributes) { $0.add(words) }
  }

  mutating func element(_ name: String, _ words: String) { element(name, [:], words) }

  /// Appends an element that has no content.
  mutating func void(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
    precondition(Self.void.contains(name), "<\(name)> needs an end")
    open(name, attributes)
    text.removeLast()
    text += " />"
  }

  /// Appends text, escaped.
  mutating func add(_ words: String) { text += Self.escaped(words) }

  /// Appends what is markup, a style or a script already.
  mutating func add(verbatim markup: String) { text += markup }

  mutating func line() { text += "\n" }

  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    text += "<\(name)"
    for (key, value) in attributes {
      if let value { text += " \(key)=\"\(Self.escaped(value))\"" }
    }
    text += ">"
  }

  /// For text and for attributes in double quotes; control characters, which HTML cannot hold, become U+FFFD.
  static func escaped(_ words: String) -> String {
    var result = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value): result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
