import Problems

/// The texts that a workbook's cells refer to by number.
struct SharedStrings {
  private(set) var texts: [String] = []

  init() {}

  init(_ xml: consuming XMLScanner) throws {
    while true {
      switch try xml.next() {
      case .start where xml.isNamed("si"): texts.append(try xml.richText())
      case .finished: return
      default: break
      }
    }
  }

  subscript(index: Int) -> String? { texts.indices.contains(index) ? texts[index] : nil }
}

extension XMLScanner {
  /// The text of a string item that has just started: its runs joined, phonetic guides left out.
  mutating func richText() throws -> String {
    let outer = depth
    var joined: [UInt8] = []
    while true {
      switch try next() {
      case .start where isNamed("t"):
        try readText()
        if joined.isEmpty { joined = text } else { joined += text }
      case .start where isNamed("rPh"): try skipElement()
      case .end where depth == outer - 1: return unescaped(joined)
      case .finished: throw malformed("the XML ends inside an element")
      default: break
      }
    }
  }

  /// Text with Excel's `_x000D_` escapes of characters that XML cannot hold replaced.
  func unescaped(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard bytes.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
    var result: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if let scalar = escapedScalar(bytes[at...]) {
        result.append(contentsOf: String(Character(scalar)).utf8)
        at += 7
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func escapedScalar(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let head = Array(bytes.prefix(7))
    guard head.count == 7, head[0] == UInt8(ascii: "_"), head[1] == UInt8(ascii: "x"), head[6] == UInt8(ascii: "_")
    else { return nil }
    let digits = head[2..<6]
    guard digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
  }
}
