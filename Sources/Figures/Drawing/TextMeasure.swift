/// How wide text will be, roughly: the reader's font is not known.
enum TextMeasure {
  static func width(of text: String, size: Double) -> Double {
    text.reduce(0) { $0 + share(of: $1) } * size
  }

  /// The text, or its beginning with an ellipsis where it is wider.
  static func fitted(_ text: String, size: Double, width limit: Double) -> String {
    guard width(of: text, size: size) > limit else { return text }
    var kept = text
    while !kept.isEmpty, width(of: kept + "…", size: size) > limit { kept.removeLast() }
    return kept + "…"
  }

  /// Lines of whole words, none wider than the limit where its words are not.
  static func lines(_ text: String, size: Double, width limit: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      if let last = lines.last, width(of: "\(last) \(word)", size: size) <= limit {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(fitted(word, size: size, width: limit))
      }
    }
    return lines
  }

  private static func share(of character: Character) -> Double {
    if "iljtfrI.,:;'|!()[] -".contains(character) { return 0.36 }
    if "mwMW%@".contains(character) { return 0.92 }
    guard character.isASCII else { return character == "−" || character == "…" ? 0.75 : 1.05 }
    return character.isUppercase ? 0.72 : 0.58
  }
}
