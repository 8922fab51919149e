import Foundation

/// What a field holds where a number is expected.
package enum NumberText: Equatable, Sendable {
  case number(Double)
  /// Empty, or one of the words for a gap in any case: NA, N/A, #N/A, NaN, null, none.
  case missing
  case notANumber

  /// Reads decimal digits with an optional sign, point and exponent, correctly rounded.
  package init(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, let value = Self.decimal(start, count: bytes.count) else {
      self = Self.slow(bytes)
      return
    }
    self = .number(value)
  }

  package init(_ text: String) {
    var text = text
    self = text.withUTF8 { NumberText(UnsafeRawBufferPointer($0)) }
  }

  /// Plain digits that a double holds exactly, scaled by a power of ten that it holds exactly: nil for anything else.
  @inline(__always)
  static func decimal(_ start: UnsafeRawPointer, count: Int) -> Double? {
    let bytes = start.assumingMemoryBound(to: UInt8.self)
    var index = 0
    let negative = count > 0 && bytes[0] == UInt8(ascii: "-")
    if negative { index = 1 }
    var digits: UInt64 = 0
    let firstDigit = index
    while index < count, case let digit = bytes[index] &- 0x30, digit < 10 {
      digits = digits &* 10 &+ UInt64(digit)
      index += 1
    }
    var significant = index - firstDigit
    var decimals = 0
    if index < count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let firstDecimal = index
      while index < count, case let digit = bytes[index] &- 0x30, digit < 10 {
        digits = digits &* 10 &+ UInt64(digit)
        index += 1
      }
      decimals = index - firstDecimal
      significant += decimals
    }
    guard index == count, significant > 0, significant <= 19, digits <= 1 << 53, decimals <= 22 else { return nil }
    let value = Double(digits) / powersOfTen[decimals]
    return negative ? -value : value
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// No double takes more characters than this, whoever wrote out its last decimal.
  private static let longest = 1100

  private static func slow(_ field: UnsafeRawBufferPointer) -> NumberText {
    var bytes = field.withoutOuterSpace
    if bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") {
      bytes = UnsafeRawBufferPointer(rebasing: bytes[1..<(bytes.count - 1)]).withoutOuterSpace
    }
    if isMissing(bytes) { return .missing }
    guard bytes.count < longest, hasNumberShape(bytes) else { return .notANumber }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { text in
      for (index, byte) in bytes.enumerated() { text[index] = CChar(bitPattern: byte) }
      text[bytes.count] = 0
      guard let start = text.baseAddress else { return .notANumber }
      var end: UnsafeMutablePointer<CChar>?
      let value = strtod(start, &end)
      return end == start + bytes.count && value.isFinite ? .number(value) : .notANumber
    }
  }

  static func isMissing(_ bytes: UnsafeRawBufferPointer) -> Bool {
    switch bytes.count {
    case 0: true
    case 2: bytes.equalsIgnoringCase("na")
    case 3: bytes.equalsIgnoringCase("nan") || bytes.equalsIgnoringCase("n/a")
    case 4: bytes.equalsIgnoringCase("null") || bytes.equalsIgnoringCase("#n/a") || bytes.equalsIgnoringCase("none")
    default: false
    }
  }

  /// Digits, with at most a sign, a point and an exponent: keeps `strtod` from hexadecimal and from words.
  private static func hasNumberShape(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.contains { $0 &- 0x30 < 10 }
      && bytes.allSatisfy {
        $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
          || $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E")
      }
  }
}
