import Problems

/// What a .npy file says of the array it holds.
package struct NPYHeader: Sendable, Equatable {
  /// The element types that are read, little-endian.
  package enum Element: String, Sendable {
    case float32 = "f4"
    case float64 = "f8"
    case int32 = "i4"
    case int64 = "i8"

    package var size: Int { self == .float32 || self == .int32 ? 4 : 8 }
  }

  package var element: Element
  package var shape: [Int]
  /// Whether the file stores the first axis fastest.
  package var isFortran: Bool

  /// Number of elements; the parser refuses shapes for which this would overflow.
  package var count: Int { shape.reduce(1, *) }

  /// Parses the Python dictionary literal that a header is.
  init(literal: ArraySlice<UInt8>, at place: Place) throws {
    var parser = NPYLiteral(literal, at: place)
    let fields = try parser.dictionary()
    guard case .text(let descr)? = fields["descr"], case .tuple(let shape)? = fields["shape"],
      case .boolean(let isFortran)? = fields["fortran_order"]
    else { throw FormatError(.malformed, at: place, "the header lacks descr, fortran_order or shape") }
    guard let element = Element(rawValue: String(descr.dropFirst())), descr.hasPrefix("<") else {
      throw FormatError(
        .wrongFormat, at: place, "elements of type '\(descr)' are not read",
        remedy: "save the array as little-endian float32, float64, int32 or int64")
    }
    var bytes = element.size
    for length in shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
      guard !overflow, length >= 0 else {
        throw FormatError(.tooLarge, at: place, "the declared shape \(shape) does not fit in memory")
      }
      bytes = product
    }
    self.element = element
    self.shape = shape
    self.isFortran = isFortran
  }
}

/// The few Python literals of a .npy header.
private struct NPYLiteral {
  enum Value { case text(String), boolean(Bool), tuple([Int]) }

  private let bytes: ArraySlice<UInt8>
  private let place: Place
  private var at: Int

  init(_ bytes: ArraySlice<UInt8>, at place: Place) {
    self.bytes = bytes
    self.place = place
    at = bytes.startIndex
  }

  mutating func dictionary() throws -> [String: Value] {
    try expect("{")
    var fields: [String: Value] = [:]
    while peek() != UInt8(ascii: "}") {
      let key = try text()
      try expect(":")
      fields[key] = try value()
      if peek() == UInt8(ascii: ",") { at += 1 } else { break }
    }
    try expect("}")
    return fields
  }

  private mutating func value() throws -> Value {
    switch peek() {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "("): return .tuple(try tuple())
    case UInt8(ascii: "T"):
      try word("True")
      return .boolean(true)
    case UInt8(ascii: "F"):
      try word("False")
      return .boolean(false)
    default: throw malformed()
    }
  }

  private mutating func tuple() throws -> [Int] {
    try expect("(")
    var numbers: [Int] = []
    while peek() != UInt8(ascii: ")") {
      numbers.append(try number())
      if peek() == UInt8(ascii: ",") { at += 1 } else { break }
    }
    try expect(")")
    return numbers
  }

  private mutating func number() throws -> Int {
    _ = peek()
    let start = at
    while at < bytes.endIndex, bytes[at] >= UInt8(ascii: "0"), bytes[at] <= UInt8(ascii: "9") { at += 1 }
    guard let number = Int(String(decoding: bytes[start..<at], as: UTF8.self)) else { throw malformed() }
    if at < bytes.endIndex, bytes[at] == UInt8(ascii: "L") { at += 1 }
    return number
  }

  private mutating func text() throws -> String {
    guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      let stop = bytes[(at + 1)...].firstIndex(of: quote)
    else { throw malformed() }
    defer { at = stop + 1 }
    return String(decoding: bytes[(at + 1)..<stop], as: UTF8.self)
  }

  private mutating func word(_ word: String) throws {
    guard bytes[at...].starts(with: word.utf8) else { throw malformed() }
    at += word.utf8.count
  }

  private mutating func expect(_ character: Unicode.Scalar) throws {
    guard peek() == UInt8(ascii: character) else { throw malformed() }
    at += 1
  }

  /// The next byte that is no blank.
  private mutating func peek() -> UInt8? {
    while at < bytes.endIndex, bytes[at] == 0x20 || bytes[at] == 0x0A { at += 1 }
    return at < bytes.endIndex ? bytes[at] : nil
  }

  private func malformed() -> FormatError {
    FormatError(.malformed, at: place, "the header is no dictionary as NumPy writes it")
  }
}
