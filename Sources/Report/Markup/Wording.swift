import Foundation

/// Numbers as a reader wants them.
enum Wording {
  /// `1,234,567`.
  static func count(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
      position -= 3
    }
    return number < 0 ? "\u{2212}\(digits)" : digits
  }

  /// With so many decimals and a true minus sign.
  static func fixed(_ number: Double, _ decimals: Int = 3) -> String {
    let text = String(format: "%.\(decimals)f", number)
    guard text.hasPrefix("-") else { return text }
    let isZero = text.allSatisfy { "-0.".contains($0) }
    return isZero ? String(text.dropFirst()) : "\u{2212}" + text.dropFirst()
  }

  /// As many decimals as tell values apart that spread over `span`: two to four.
  static func decimals(for span: Double) -> Int {
    guard span > 0 else { return 2 }
    return min(4, max(2, 2 - Int(log10(span).rounded(.down))))
  }

  /// A probability of a test: two digits, and `< 0.0001` below that.
  static func probability(_ p: Double) -> String {
    if p < 0.0001 { return "< 0.0001" }
    return p < 0.1 ? String(format: "%.2g", p) : fixed(p, 2)
  }

  static func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "0 %" : fixed(100 * Double(part) / Double(whole), 1) + " %"
  }

  /// The first letter in upper case.
  static func sentence(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }

  /// `1 patient`, `2 patients`.
  static func counted(_ number: Int, _ thing: String) -> String {
    "\(count(number)) \(thing)\(number == 1 ? "" : "s")"
  }
}
