/// Numbers as text that no locale and no library changes.
enum NumberText {
  /// A coordinate: at most two decimals.
  static func coordinate(_ value: Double) -> String { fixed(value, decimals: 2, trims: true, minus: "-") }

  /// A number to read, with a minus sign; powers of ten from a million on.
  static func label(_ value: Double, decimals: Int) -> String {
    guard abs(value) >= 1e6 || decimals > 6 else { return fixed(value, decimals: decimals, trims: false, minus: "−") }
    guard value != 0 else { return "0" }
    var (exponent, mantissa) = (0, abs(value))
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    let digits = fixed(mantissa, decimals: 3, trims: true, minus: "")
    return "\(value < 0 ? "−" : "")\(digits)e\(exponent < 0 ? "−" : "")\(abs(exponent))"
  }

  /// A share of 1 or another figure of that size, with three decimals.
  static func share(_ value: Double) -> String { fixed(value, decimals: 3, trims: false, minus: "−") }

  private static func fixed(_ value: Double, decimals: Int, trims: Bool, minus: String) -> String {
    precondition(value.isFinite && abs(value) < 1e9, "\(value) in a picture")
    let unit = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((abs(value) * Double(unit)).rounded())
    var fraction = String(scaled % unit + unit).dropFirst()
    while trims, fraction.last == "0" { fraction.removeLast() }
    let sign = value < 0 && scaled > 0 ? minus : ""
    return sign + String(scaled / unit) + (fraction.isEmpty ? "" : ".\(fraction)")
  }
}

extension Double {
  /// Whether a picture can show it: finite, and not so large that differences of two overflow.
  var isDrawable: Bool { isFinite && magnitude < 1e100 }
}
