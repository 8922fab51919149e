import Genes

/// Numbers and names as a person reads them.
package enum Wording {
  /// `1,234,567`.
  package static func count(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// `1 pair`, `2,000 pairs`.
  package static func count(_ number: Int, _ noun: String) -> String {
    "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Bytes in decimal units with one digit: `2.4 MB`.
  package static func size(_ bytes: Int) -> String {
    var value = Double(bytes)
    for unit in ["bytes", "kB", "MB", "GB"] {
      if value < 1000 { return unit == "bytes" ? "\(bytes) bytes" : "\((value * 10).rounded() / 10) \(unit)" }
      value /= 1000
    }
    return "\((value * 10).rounded() / 10) TB"
  }

  /// With so many digits behind the point: `-0.050`.
  package static func decimal(_ value: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
    guard let number = Int(exactly: (abs(value) * scale).rounded()) else { return "\(value)" }
    let figures = String(number)
    let padded = String(repeating: "0", count: max(0, digits + 1 - figures.count)) + figures
    let point = digits > 0 ? "." : ""
    return (value < 0 && number > 0 ? "-" : "") + padded.dropLast(digits) + point + padded.suffix(digits)
  }

  /// A share in percent: `12.5 %`.
  package static func percent(_ share: Double, digits: Int = 1) -> String {
    "\(decimal(share * 100, digits: digits)) %"
  }

  /// The first of many and the number of the rest: `colon 4, skin 3, and 2 more (5)`.
  package static func list(_ frequencies: [StoreInspection.Frequency], first: Int) -> String {
    let shown = frequencies.prefix(first).map { "\($0.name) \(count($0.count))" }
    let rest = frequencies.dropFirst(first)
    let more = rest.isEmpty ? [] : ["and \(rest.count) more (\(count(rest.map(\.count).reduce(0, +))))"]
    return (shown + more).joined(separator: ", ")
  }

  /// The first of many names and the number of the rest.
  package static func list(_ names: [String], first: Int) -> String {
    names.count <= first
      ? names.joined(separator: ", ")
      : names.prefix(first).joined(separator: ", ") + ", and \(count(names.count - first)) more"
  }

  /// Numbers by the route of a match, from the best route to the last.
  package static func routes(_ routes: [String: Int]) -> String {
    let known = MatchRoute.allCases.map(\.rawValue)
    let frequencies = routes.map { StoreInspection.Frequency(name: $0.key, count: $0.value) }.sorted { a, b in
      let places = (known.firstIndex(of: a.name) ?? .max, known.firstIndex(of: b.name) ?? .max)
      return places.0 == places.1 ? a.name < b.name : places.0 < places.1
    }
    return list(frequencies, first: .max)
  }

  /// The first twelve digits of a sum.
  package static func short(sha256: String) -> String { String(sha256.prefix(12)) }
}

/// Text in two columns, headings and their content, without what a terminal would take for a command.
package struct Sheet {
  package private(set) var text = ""
  private let indent: Int

  /// `indent` is the width of the column of headings.
  package init(indent: Int = 12) { self.indent = indent }

  /// Adds a line as it is.
  package mutating func line(_ content: String) { text += Self.printable(content) + "\n" }

  /// Adds a heading with its content, unless that is empty.
  package mutating func entry(_ heading: String, _ content: String?) {
    guard let content, !content.isEmpty else { return }
    let gap = String(repeating: " ", count: max(1, indent - heading.count))
    line(heading + gap + content)
  }

  /// Adds a heading with several lines of content.
  package mutating func entry(_ heading: String, lines: [String]) {
    for (number, content) in lines.enumerated() { entry(number == 0 ? heading : "", content) }
  }

  /// Names come from files: an escape sequence or a line break in one must not reach the terminal.
  package static func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
  }
}
