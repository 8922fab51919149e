/// Protocol 0's strings: Latin-1 with backslash escapes.
enum PickleEscapes {
  /// `\uXXXX` and `\UXXXXXXXX`, and with `hasAllEscapes` those of Python's repr; nil for any other.
  static func decode(_ text: ArraySlice<UInt8>, hasAllEscapes: Bool) -> String? {
    var result = String.UnicodeScalarView()
    var at = text.startIndex
    while at < text.endIndex {
      let byte = text[at]
      at += 1
      guard byte == UInt8(ascii: "\\"), at < text.endIndex else {
        result.append(Unicode.Scalar(byte))
        continue
      }
      let code = text[at]
      at += 1
      if let digits = digits[code], hasAllEscapes || digits > 2 {
        guard text.endIndex - at >= digits,
          let value = UInt32(String(decoding: text[at..<(at + digits)], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(value)
        else { return nil }
        result.append(scalar)
        at += digits
      } else if hasAllEscapes {
        guard let plain = simple[code] else { return nil }
        result.append(Unicode.Scalar(plain))
      } else {
        result.append(contentsOf: [Unicode.Scalar(byte), Unicode.Scalar(code)])
      }
    }
    return String(result)
  }

  /// How many hexadecimal digits follow.
  private static let digits: [UInt8: Int] = [UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8, UInt8(ascii: "x"): 2]

  private static let simple: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "\\"): 0x5C,
    UInt8(ascii: "'"): 0x27, UInt8(ascii: "\""): 0x22,
  ]
}
