/// Bytes of a field as text: UTF-8 where they are that, Latin-1 where they are not.
func fieldText(_ bytes: UnsafeRawBufferPointer) -> String {
  // Of ASCII, which most fields are, decoding is faster than validating.
  if bytes.isASCII { return String(decoding: bytes, as: UTF8.self) }
  if let text = String(validating: bytes, as: UTF8.self) { return text }
  var text = String()
  text.unicodeScalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
  return text
}

extension UnsafeRawBufferPointer {
  /// Whether every byte is an ASCII character.
  var isASCII: Bool { reduce(into: 0 as UInt8) { $0 |= $1 } < 0x80 }

  /// Without the spaces and tabs at either end.
  var withoutOuterSpace: UnsafeRawBufferPointer {
    var low = 0
    var high = count
    while low < high, self[low] == 0x20 || self[low] == 0x09 { low += 1 }
    while high > low, self[high - 1] == 0x20 || self[high - 1] == 0x09 { high -= 1 }
    return UnsafeRawBufferPointer(rebasing: self[low..<high])
  }

  /// Compares with ASCII letters' case left out; `lowercase` is given in lower case.
  func equalsIgnoringCase(_ lowercase: StaticString) -> Bool {
    count == lowercase.utf8CodeUnitCount && startsIgnoringCase(lowercase)
  }

  /// Whether the first bytes are `lowercase`, with ASCII letters' case left out.
  func startsIgnoringCase(_ lowercase: StaticString) -> Bool {
    guard count >= lowercase.utf8CodeUnitCount else { return false }
    for index in 0..<lowercase.utf8CodeUnitCount {
      let byte = self[index]
      let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if folded != lowercase.utf8Start[index] { return false }
    }
    return true
  }
}
