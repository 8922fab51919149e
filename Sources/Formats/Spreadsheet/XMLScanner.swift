import Problems

/// A pull scanner for the XML inside spreadsheets: elements, attributes and text, and nothing that can blow up.
///
/// Namespace prefixes are dropped. A DOCTYPE is refused, so no entity is ever declared or expanded.
struct XMLScanner: ~Copyable {
  enum Event {
    case start
    case end
    case text
    case finished
  }

  private static let depthLimit = 100
  private static let tagLimit = 1 << 20
  private static let textLimit = 16 << 20

  private let source: any ByteSource
  private let place: Place
  private let buffer: UnsafeMutableRawBufferPointer
  private var position = 0
  private var end = 0
  /// What stands between `<` and `>`, without a slash at either end.
  private var tag: [UInt8] = []
  private var open: [UInt64] = []
  private var isSelfClosing = false
  /// Content of the last text event, or of the element last read by `readText`, decoded.
  private(set) var text: [UInt8] = []
  private var keepsText = false

  init(_ source: any ByteSource, at place: Place) throws {
    self.source = source
    self.place = place
    buffer = .allocate(byteCount: 1 << 17, alignment: 16)
    try skipByteOrderMark()
  }

  deinit { buffer.deallocate() }

  /// Depth of the element last started or ended, the root being 1.
  var depth: Int { open.count }

  func malformed(_ cause: String) -> FormatError { FormatError(.malformed, at: place, cause) }

  /// The next element or text; text of blanks only is delivered too.
  mutating func next() throws -> Event {
    if isSelfClosing {
      isSelfClosing = false
      open.removeLast()
      return .end
    }
    while let byte = try peek() {
      if byte != UInt8(ascii: "<") {
        if open.isEmpty { try skipBlank() } else { return try scanText() }
        continue
      }
      position += 1
      switch try peek() {
      case UInt8(ascii: "/"): return try scanEnd()
      case UInt8(ascii: "?"): try skip(through: "?>")
      case UInt8(ascii: "!"): if try scanDeclaration() { return .text }
      default: return try scanStart()
      }
    }
    guard open.isEmpty else {
      throw FormatError(.truncated, at: place, "the XML ends inside an element")
    }
    return .finished
  }

  /// Skips the rest of the element that has just started.
  mutating func skipElement() throws {
    let outer = depth
    while true {
      switch try next() {
      case .end where depth == outer - 1: return
      case .finished: throw malformed("the XML ends inside an element")
      default: break
      }
    }
  }

  /// Reads the text of the element that has just started, its children's included, into `text`, up to its end.
  mutating func readText() throws {
    let outer = depth
    text.removeAll(keepingCapacity: true)
    keepsText = true
    defer { keepsText = false }
    while true {
      switch try next() {
      case .end where depth == outer - 1: return
      case .finished: throw malformed("the XML ends inside an element")
      default: break
      }
    }
  }

  // MARK: Names and attributes of the element that has just started or ended

  func isNamed(_ name: StaticString) -> Bool { tagHolds(name, at: localName(from: 0)) }

  /// An attribute's value, found by its name without prefix.
  func attribute(_ name: StaticString) throws -> [UInt8]? {
    guard let raw = try rawAttribute(name) else { return nil }
    return try decode(raw)
  }

  /// An attribute's value with its references left as they are.
  func rawAttribute(_ name: StaticString) throws -> ArraySlice<UInt8>? {
    var at = localName(from: 0).upperBound
    while let found = try nextAttribute(from: &at) {
      if tagHolds(name, at: found.name) { return tag[found.value] }
    }
    return nil
  }

  private func tagHolds(_ name: StaticString, at range: Range<Int>) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    for offset in 0..<range.count where tag[range.lowerBound + offset] != name.utf8Start[offset] { return false }
    return true
  }

  private func localName(from start: Int) -> Range<Int> {
    var first = start
    var at = start
    while at < tag.count, !isBlank(tag[at]), tag[at] != UInt8(ascii: "=") {
      if tag[at] == UInt8(ascii: ":") { first = at + 1 }
      at += 1
    }
    return first..<at
  }

  private func nextAttribute(from at: inout Int) throws -> (name: Range<Int>, value: Range<Int>)? {
    while at < tag.count, isBlank(tag[at]) { at += 1 }
    guard at < tag.count else { return nil }
    let name = localName(from: at)
    at = name.upperBound
    while at < tag.count, isBlank(tag[at]) { at += 1 }
    guard at < tag.count, tag[at] == UInt8(ascii: "=") else { throw malformed("an attribute has no value") }
    at += 1
    while at < tag.count, isBlank(tag[at]) { at += 1 }
    guard at < tag.count, tag[at] == UInt8(ascii: "\"") || tag[at] == UInt8(ascii: "'") else {
      throw malformed("an attribute's value is not quoted")
    }
    let quote = tag[at]
    let start = at + 1
    at = start
    while at < tag.count, tag[at] != quote { at += 1 }
    guard at < tag.count else { throw malformed("an attribute's value has no closing quote") }
    defer { at += 1 }
    return (name, start..<at)
  }

  // MARK: Markup

  private mutating func scanStart() throws -> Event {
    try scanTag()
    if tag.last == UInt8(ascii: "/") {
      tag.removeLast()
      isSelfClosing = true
    }
    guard let first = tag.first, !isBlank(first) else { throw malformed("a tag has no name") }
    open.append(nameHash())
    guard open.count <= Self.depthLimit else {
      throw FormatError(.tooLarge, at: place, "the XML nests deeper than \(Self.depthLimit) elements")
    }
    return .start
  }

  private mutating func scanEnd() throws -> Event {
    position += 1
    try scanTag()
    guard open.popLast() == nameHash() else { throw malformed("an end tag does not match its start tag") }
    return .end
  }

  private mutating func scanTag() throws {
    tag.removeAll(keepingCapacity: true)
    while true {
      let rest = UnsafeRawBufferPointer(rebasing: buffer[position..<end])
      let length = rest.firstIndex(ofByte: UInt8(ascii: ">"))
      let run = UnsafeRawBufferPointer(rebasing: rest[..<(length ?? rest.count)])
      tag.append(contentsOf: run)
      position += run.count + (length == nil ? 0 : 1)
      if tag.count > Self.tagLimit { throw FormatError(.tooLarge, at: place, "a tag is longer than 1 MB") }
      if length == nil {
        guard try refill() else { throw FormatError(.truncated, at: place, "the XML ends inside a tag") }
      } else if try tagIsClosed() {
        return
      } else {
        tag.append(UInt8(ascii: ">"))
      }
    }
  }

  /// Whether no quoted value is open at the end of the tag so far.
  private func tagIsClosed() throws -> Bool {
    var quote: UInt8 = 0
    for byte in tag {
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "<") {
        throw malformed("a tag holds a '<'")
      }
    }
    return quote == 0
  }

  /// FNV-1a over the whole name, prefix included: enough to see that tags are paired.
  private func nameHash() -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in tag {
      if isBlank(byte) { break }
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return hash
  }

  /// After `<!`: skips a comment (false), reads a CDATA section into `text` (true), refuses the rest.
  private mutating func scanDeclaration() throws -> Bool {
    position += 1
    if try peek() == UInt8(ascii: "-") {
      try skip(through: "-->")
      return false
    }
    for expected in "[CDATA[".utf8 {
      guard try peek() == expected else {
        throw malformed("the XML holds a document type declaration, which no spreadsheet has")
      }
      position += 1
    }
    guard !open.isEmpty else { throw malformed("text stands outside of the root element") }
    if !keepsText { text.removeAll(keepingCapacity: true) }
    try skip(through: "]]>", keeping: true)
    text.removeLast(3)
    try checkTextLimit()
    return true
  }

  private mutating func skip(through terminator: StaticString, keeping: Bool = false) throws {
    let length = terminator.utf8CodeUnitCount
    var recent: UInt32 = 0
    var wanted: UInt32 = 0
    for at in 0..<length { wanted = wanted << 8 | UInt32(terminator.utf8Start[at]) }
    let mask: UInt32 = length == 2 ? 0xFFFF : 0xFF_FFFF
    var count = 0
    while let byte = try peek() {
      position += 1
      if keeping { text.append(byte) }
      recent = recent << 8 | UInt32(byte)
      count += 1
      if recent & mask == wanted { return }
      if count > Self.textLimit { throw FormatError(.tooLarge, at: place, "a section of XML is longer than 16 MB") }
    }
    throw FormatError(.truncated, at: place, "the XML ends inside a comment or section")
  }

  // MARK: Text

  private mutating func scanText() throws -> Event {
    if !keepsText { text.removeAll(keepingCapacity: true) }
    let start = text.count
    while true {
      let rest = UnsafeRawBufferPointer(rebasing: buffer[position..<end])
      let length = rest.firstIndex(ofByte: UInt8(ascii: "<"))
      let run = UnsafeRawBufferPointer(rebasing: rest[..<(length ?? rest.count)])
      text.append(contentsOf: run)
      position += run.count
      try checkTextLimit()
      if length != nil { break }
      guard try refill() else { throw FormatError(.truncated, at: place, "the XML ends inside an element") }
    }
    let hasEscapes = text.withUnsafeBytes { text in
      let new = UnsafeRawBufferPointer(rebasing: text[start...])
      return new.firstIndex(ofByte: UInt8(ascii: "&")) != nil || new.firstIndex(ofByte: 0x0D) != nil
    }
    if hasEscapes { text.replaceSubrange(start..., with: try decode(text[start...])) }
    return .text
  }

  private func checkTextLimit() throws {
    if text.count > Self.textLimit { throw FormatError(.tooLarge, at: place, "a text is longer than 16 MB") }
  }

  /// Text with its references replaced and its line ends made one line feed each.
  private func decode(_ raw: ArraySlice<UInt8>) throws -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(raw.count)
    var at = raw.startIndex
    while at < raw.endIndex {
      let byte = raw[at]
      at += 1
      if byte == UInt8(ascii: "&") {
        try decodeReference(raw, &at, into: &decoded)
      } else if byte == 0x0D {
        decoded.append(0x0A)
        if at < raw.endIndex, raw[at] == 0x0A { at += 1 }
      } else {
        decoded.append(byte)
      }
    }
    return decoded
  }

  private func decodeReference(_ raw: ArraySlice<UInt8>, _ at: inout Int, into decoded: inout [UInt8]) throws {
    guard let stop = raw[at..<min(at + 12, raw.endIndex)].firstIndex(of: UInt8(ascii: ";")) else {
      throw malformed("an '&' begins no reference")
    }
    let name = String(decoding: raw[at..<stop], as: UTF8.self)
    at = stop + 1
    switch name {
    case "amp": decoded.append(UInt8(ascii: "&"))
    case "lt": decoded.append(UInt8(ascii: "<"))
    case "gt": decoded.append(UInt8(ascii: ">"))
    case "quot": decoded.append(UInt8(ascii: "\""))
    case "apos": decoded.append(UInt8(ascii: "'"))
    default:
      let number =
        name.hasPrefix("#x")
        ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
      guard let number, number != 0, let scalar = Unicode.Scalar(number) else {
        throw malformed("&\(name); is no reference that XML defines")
      }
      decoded.append(contentsOf: String(Character(scalar)).utf8)
    }
  }

  // MARK: Bytes

  private mutating func skipByteOrderMark() throws {
    guard try refill() else { throw FormatError(.truncated, at: place, "the XML is empty") }
    while end < 3, try extend() {}
    if end >= 2, buffer[0] >= 0xFE, buffer[1] >= 0xFE { throw malformed("the XML is not in UTF-8") }
    if end >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
  }

  private mutating func skipBlank() throws {
    while let byte = try peek(), byte != UInt8(ascii: "<") {
      guard isBlank(byte) else { throw malformed("text stands outside of the root element") }
      position += 1
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  private mutating func peek() throws -> UInt8? {
    if position >= end { guard try refill() else { return nil } }
    return buffer[position]
  }

  private mutating func refill() throws -> Bool {
    position = 0
    end = 0
    return try extend()
  }

  private mutating func extend() throws -> Bool {
    let count = try source.read(into: .init(rebasing: buffer[end...]))
    end += count
    return count > 0
  }
}
