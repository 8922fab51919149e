import Problems

/// The part of JSON (RFC 8259) that the header of a checkpoint is made of: objects, strings, lists of whole numbers.
///
/// Foundation's parser keeps one of two members of the same name and does not tell; a header must have no such.
struct HeaderScanner {
  private let bytes: [UInt8]
  private let place: Place
  private var at = 0

  init(_ bytes: [UInt8], at place: Place) {
    self.bytes = bytes
    self.place = place
  }

  /// Reads an object, and gives `member` each name with the scanner at its value.
  mutating func object(_ member: (inout HeaderScanner, String) throws -> Void) throws {
    try expect("{")
    guard next() != UInt8(ascii: "}") else { return at += 1 }
    repeat {
      let name = try string()
      try expect(":")
      try member(&self, name)
    } while skip(",")
    try expect("}")
  }

  /// Reads a list of numbers that are whole, not negative and fit an `Int`.
  mutating func numbers() throws -> [Int] {
    try expect("[")
    guard next() != UInt8(ascii: "]") else {
      at += 1
      return []
    }
    var numbers: [Int] = []
    repeat { numbers.append(try number()) } while skip(",")
    try expect("]")
    return numbers
  }

  mutating func string() throws -> String {
    try expect("\"")
    var text: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw malformed("a string is no UTF-8") }
        return string
      case UInt8(ascii: "\\"): text += String(try escape()).utf8
      case ..<0x20: throw malformed("a string holds a control character")
      default: text.append(byte)
      }
    }
    throw malformed("a string does not end")
  }

  /// Only blanks may follow.
  mutating func finish() throws {
    guard next() == nil else { throw malformed("something follows the header's object") }
  }

  private mutating func number() throws -> Int {
    _ = next()
    let start = at
    while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { at += 1 }
    guard let number = Int(String(decoding: bytes[start..<at], as: UTF8.self)) else {
      throw malformed("expected a whole number that is neither negative nor above \(Int.max)")
    }
    return number
  }

  /// The character that an escape behind a backslash stands for.
  private mutating func escape() throws -> Unicode.Scalar {
    guard at < bytes.count else { throw malformed("a string does not end") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try codePoint()
    default: throw malformed("a string has an unknown escape")
    }
  }

  /// A code point in four hexadecimal digits, or in two surrogates of four.
  private mutating func codePoint() throws -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard UTF16.isLeadSurrogate(first), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u")
    else { throw malformed("a string has half a surrogate pair") }
    at += 2
    let second = try codeUnit()
    guard UTF16.isTrailSurrogate(second) else { throw malformed("a string has half a surrogate pair") }
    return UTF16.decode(UTF16.EncodedScalar([first, second]))
  }

  private mutating func codeUnit() throws -> UInt16 {
    let digits = bytes[at..<min(bytes.count, at + 4)]
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw malformed("a string has an escape without four hexadecimal digits") }
    at += 4
    return unit
  }

  /// Steps over a character that may be there.
  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next() == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws {
    guard skip(character) else { throw malformed("expected \(character)") }
  }

  /// The next byte that is no blank.
  private mutating func next() -> UInt8? {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    return at < bytes.count ? bytes[at] : nil
  }

  private func malformed(_ cause: String) -> FormatError {
    FormatError(
      .malformed, at: place, "the header is no JSON of the format: \(cause) at its byte \(at + 1)",
      remedy: SafetensorsHeader.remedy)
  }
}
