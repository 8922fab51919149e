import Foundation
import TestSupport
import Testing

@testable import Formats

@Suite("NumberText") struct NumberTextTests {
  /// Bits rather than values, so that the sign of zero counts.
  private func bits(_ text: String) -> UInt64? {
    guard case .number(let value) = NumberText(text) else { return nil }
    return value.bitPattern
  }

  private func expectAsStrtod(_ text: String) {
    #expect(bits(text) == strtod(text, nil).bitPattern, "\(text)")
  }

  @Test(
    "reads decimals as strtod does",
    arguments: [
      "0", "-0", "0.0", "-0.0", "1", "-1", "+1", "5.", ".5", "-.5", "007", "0.1", "-9.9658", "123456.789", "1e5",
      "1E-5", "1.5e+10", "-2.5E-3", "9007199254740992", "9007199254740993", "9223372036854775807",
      "18446744073709551615", "18446744073709551616", "99999999999999999999", "0.1234567890123456789",
      "12345678901234567890123", "0.00000000000000000000001", "0.0000000000000000000000000000001",
      "2.2250738585072014e-308", "2.2250738585072011e-308", "4.9406564584124654e-324", "1e-400",
      "1.7976931348623157e308",
      "0.1000000000000000055511151231257827021181583404541015625",
      "179769313486231570000000000000000000000000000000000000000000000000000000000000000000000000000000.25",
    ])
  func decimals(_ text: String) { expectAsStrtod(text) }

  @Test("reads random decimals as strtod does", arguments: 0..<20)
  func randomDecimals(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      var text = ["", "-", "", "+"].randomElement(using: &random) ?? ""
      let whole = Int.random(in: 0...21, using: &random)
      let fraction = Int.random(in: whole == 0 ? 1...25 : 0...25, using: &random)
      text += String((0..<whole).map { _ in "0123456789".randomElement(using: &random) ?? "0" })
      if fraction > 0 { text += "." }
      text += String((0..<fraction).map { _ in "0123456789".randomElement(using: &random) ?? "0" })
      if Int.random(in: 0..<3, using: &random) == 0 { text += "e\(Int.random(in: -330...280, using: &random))" }
      expectAsStrtod(text)
    }
  }

  @Test("reads back every double as Swift and C print it", arguments: 0..<10)
  func roundTrip(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(bits("\(value)") == value.bitPattern)
      #expect(bits(String(format: "%.17g", value)) == value.bitPattern)
      let small = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()) & 0x7f7f_ffff)
      #expect(bits(String(format: "%.9g", small)) == strtod(String(format: "%.9g", small), nil).bitPattern)
    }
  }

  @Test("reads a number written out to its last decimal")
  func allDecimals() {
    let text = String(format: "%.1074f", Double.leastNonzeroMagnitude)
    #expect(NumberText(text) == .number(Double.leastNonzeroMagnitude))
  }

  @Test(
    "takes words for gaps, and empty fields, as missing",
    arguments: [
      "", " ", "\t", "NA", "na", "Na", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", "null", "NULL", "Null", "None",
      "none",
      " NA ", "\"\"", "\"NA\"", "\" null \"",
    ])
  func missing(_ text: String) { #expect(NumberText(text) == .missing) }

  @Test("takes spaces and quotes away", arguments: [" 1.5", "1.5 ", "\t1.5 ", "\"1.5\"", "\" 1.5 \"", " \"1.5\" "])
  func surroundings(_ text: String) { #expect(NumberText(text) == .number(1.5)) }

  @Test(
    "takes nothing else for a number",
    arguments: [
      "0x10", "0x1p3", "inf", "-inf", "Inf", "Infinity", "1e400", "-1e999", "1,5", "1.2.3", "--1", "+-1", "-", "+", ".",
      "-.", "e5", "1e", "1e+", "1e5.5", "1 2", "1-2", "12a", "a12", "1_000", "1'000", "nan(1)", "-nan", "\"1.5",
      "1.5\"",
      "\"", "\"\"1\"\"", "１２", "−1", "1.5\r", "1\u{0}", "TP53", "NA1", "nulls", "true", "1d5",
    ])
  func notNumbers(_ text: String) { #expect(NumberText(text) == .notANumber) }

  @Test("never reads what strtod refuses, in random strings of a number's characters")
  func randomStrings() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<20_000 {
      let text = String(
        (0..<Int.random(in: 1..<9, using: &random)).map { _ in
          "0123456789..--+eE".randomElement(using: &random) ?? "0"
        })
      let reference = text.withCString { start -> Double? in
        var end: UnsafeMutablePointer<CChar>?
        let value = strtod(start, &end)
        return end == UnsafeMutablePointer(mutating: start) + text.utf8.count && value.isFinite ? value : nil
      }
      #expect(bits(text) == reference?.bitPattern, "\(text)")
    }
  }
}
