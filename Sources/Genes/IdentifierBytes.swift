/// An Ensembl gene id, read from bytes without making a string.
struct EnsemblIdentifier {
  /// The digits behind `ENSG`.
  let number: Int
  let hasVersion: Bool
  /// The copy on Y of a pseudoautosomal gene.
  let isY: Bool

  init?(_ bytes: UnsafeRawBufferPointer) {
    let digits = 4..<15
    guard bytes.count >= digits.upperBound, bytes[0] == UInt8(ascii: "E"), bytes[1] == UInt8(ascii: "N"),
      bytes[2] == UInt8(ascii: "S"), bytes[3] == UInt8(ascii: "G"),
      let number = UnsafeRawBufferPointer(rebasing: bytes[digits]).decimalNumber
    else { return nil }
    var rest = bytes[digits.upperBound...]
    var hasVersion = false
    if rest.first == UInt8(ascii: ".") {
      let end = rest.dropFirst().firstIndex { $0 &- 48 > 9 } ?? rest.endIndex
      guard end > rest.startIndex + 1 else { return nil }
      hasVersion = true
      rest = rest[end...]
    }
    let isY = rest.starts(with: "_PAR_Y".utf8)
    if isY { rest = rest.dropFirst(6) }
    if rest.elementsEqual("_at".utf8) { rest = rest.dropFirst(3) }
    guard rest.isEmpty else { return nil }
    self.number = number
    self.hasVersion = hasVersion
    self.isY = isY
  }
}

/// A symbol with an id behind it: `TP53|7157`, `TP53 (7157)`, `TP53 (ENSG00000141510)`.
struct CompositeIdentifier {
  let symbol: UnsafeRawBufferPointer
  let id: UnsafeRawBufferPointer
  let isEnsembl: Bool

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let cut = bytes.lastIndex(where: { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "(") }) else { return nil }
    var end = bytes.endIndex
    if bytes[cut] == UInt8(ascii: "(") {
      guard bytes.last == UInt8(ascii: ")") else { return nil }
      end -= 1
    }
    guard cut + 1 < end else { return nil }
    let id = UnsafeRawBufferPointer(rebasing: bytes[(cut + 1)..<end]).trimmed
    let isEnsembl = EnsemblIdentifier(id) != nil
    guard isEnsembl || id.decimalNumber != nil else { return nil }
    self.symbol = UnsafeRawBufferPointer(rebasing: bytes[..<cut]).trimmed
    self.id = id
    self.isEnsembl = isEnsembl
  }
}

extension UnsafeRawBufferPointer {
  /// Without the spaces, tabs and double quotes around it.
  var trimmed: UnsafeRawBufferPointer {
    var start = startIndex
    var end = endIndex
    while start < end, self[start].isIdentifierPadding { start += 1 }
    while end > start, self[end - 1].isIdentifierPadding { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: self[start..<end])
  }

  /// Empty, or one of the words that tables write for "no gene".
  var isMissingIdentifier: Bool {
    switch count {
    case 0: true
    case 1: self[0] == UInt8(ascii: "?") || self[0] == UInt8(ascii: "-") || self[0] == UInt8(ascii: ".")
    case 2: elementsEqual("NA".utf8) || elementsEqual("-1".utf8)
    case 3: elementsEqual("---".utf8) || elementsEqual("N/A".utf8) || elementsEqual("nan".utf8)
    case 4: elementsEqual("#N/A".utf8) || elementsEqual("null".utf8) || elementsEqual("None".utf8)
    default: false
    }
  }

  /// The value of a string of at most 18 decimal digits and nothing else.
  var decimalNumber: Int? {
    if isEmpty || count > 18 { return nil }
    var value = 0
    for byte in self {
      let digit = byte &- 48
      if digit > 9 { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}

extension UInt8 {
  fileprivate var isIdentifierPadding: Bool { self == 32 || self == 9 || self == 13 || self == UInt8(ascii: "\"") }
}
