import Problems

/// Reads a delimited text table row by row: quotes, any line end, headers one field short as R writes them.
///
/// A row's fields are found only when they are asked for, so rows that nobody looks into cost one search for their end
/// and one count of their delimiters. What a row gives is valid until the next `advance()`.
package final class TableReader {
  package let path: String
  /// Names of the columns, quotes and outer spaces removed; "" names the row names of a header one field short.
  package private(set) var header: [String] = []
  package let delimiter: TableOptions.Delimiter
  /// Line on which the header stands, counted from 1.
  package let headerLine: Int
  /// Line on which the present row starts, counted from 1.
  package private(set) var line = 0
  /// Rows that `advance()` has given.
  package private(set) var rows = 0

  let row: DelimitedRow
  private let lines: LineReader
  private let padsShortRows: Bool
  private let endMark: StaticString?
  private var firstRowWaits = false
  private var ended = false

  /// Reads the header of `source`, which `path` names in errors.
  package convenience init(
    _ source: sending any ByteSource, path: String, options: TableOptions = TableOptions()
  ) throws {
    try self.init(LineReader(source, path: path), options: options)
  }

  /// Reads the table that starts at the next line of `lines`; `endMark` is the line that must end it, if one must.
  init(_ lines: LineReader, options: TableOptions, endMark: StaticString? = nil) throws {
    path = lines.path
    self.lines = lines
    self.endMark = endMark
    padsShortRows = options.padsShortRows
    guard let first = try Self.headerLine(of: lines, comment: options.comment) else {
      throw FormatError(.truncated, at: Place(lines.path), "the table is empty", remedy: "check the download")
    }
    headerLine = lines.line
    delimiter = options.delimiter ?? Self.delimiter(of: first)
    row = DelimitedRow(
      delimiter: delimiter.rawValue, quoting: options.quoting ?? (delimiter == .tab ? .withinLine : .fields))
    try row.take(first, from: lines)
    header = (0..<row.count).map { row.text($0).trimmingOuterSpace() }
    for _ in 0..<options.linesAfterHeader where try lines.next() == nil {
      throw FormatError(.truncated, at: Place(path, line: lines.line), "the table ends inside its header")
    }
    try settleHeader()
  }

  private static func headerLine(of lines: LineReader, comment: UInt8?) throws -> UnsafeRawBufferPointer? {
    while let line = try lines.next() {
      if line.firstIndex(ofByte: 0) != nil {
        throw FormatError(
          .wrongFormat, at: Place(lines.path, line: lines.line), "this is no text table: it holds zero bytes",
          remedy: "check which file the configuration names")
      }
      if line.isEmpty || (comment != nil && line.first == comment) { continue }
      if let carriage = line.firstIndex(ofByte: UInt8(ascii: "\r")), line[carriage...].contains(where: { $0 != 0x0D }) {
        throw FormatError(
          .malformed, at: Place(lines.path, line: lines.line), "a carriage return stands inside the header line",
          remedy: "the file mixes line ends: write it with one kind of line end")
      }
      return line
    }
    return nil
  }

  private static func delimiter(of header: UnsafeRawBufferPointer) -> TableOptions.Delimiter {
    let unquoted = withoutQuoted(header)
    let counts = TableOptions.Delimiter.allCases.map { delimiter in
      (delimiter, unquoted.withUnsafeBytes { $0.count(ofByte: delimiter.rawValue) })
    }
    return counts.reduce(into: (TableOptions.Delimiter.tab, 0)) { best, next in if next.1 > best.1 { best = next } }.0
  }

  /// What stands outside quotes; everything, where they do not come in pairs.
  private static func withoutQuoted(_ line: UnsafeRawBufferPointer) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    guard line.count(ofByte: quote).isMultiple(of: 2) else { return Array(line) }
    var inside = false
    return line.filter { byte in
      if byte == quote { inside.toggle() }
      return !inside
    }
  }

  /// Looks at the first row to see whether the header lacks the name of the row names, or ends in a field too many.
  private func settleHeader() throws {
    guard try load() else { return }
    firstRowWaits = true
    let count = row.count
    if count == header.count + 1, row.bytes(count - 1).isEmpty == false { header.insert("", at: 0) }
    if count == header.count - 1, header.last == "" { header.removeLast() }
  }

  // MARK: Rows

  /// Moves to the next row, false at the end; blank lines are passed over.
  ///
  /// Throws `FormatError` where a row has more or fewer fields than the header.
  package func advance() throws -> Bool {
    if firstRowWaits {
      firstRowWaits = false
    } else if try !load() {
      return false
    }
    rows += 1
    if row.count != header.count { try settleFieldCount() }
    return true
  }

  private func load() throws -> Bool {
    while !ended, let next = try lines.next() {
      if next.isEmpty { continue }
      if let endMark, next.first == UInt8(ascii: "!"), next.startsIgnoringCase(endMark) {
        ended = true
        try lines.drain()
        return false
      }
      line = lines.line
      try row.take(next, from: lines)
      return true
    }
    guard endMark == nil || ended else {
      throw FormatError(
        .truncated, at: Place(path, line: lines.line), "the table ends without the line that closes it",
        remedy: "the download was cut short: fetch the file again")
    }
    return false
  }

  private func settleFieldCount() throws {
    row.trimOrPad(to: header.count, pads: padsShortRows)
    let count = row.count
    guard count != header.count else { return }
    throw FormatError(
      .malformed, at: Place(path, line: line), "this row has \(count) fields, the header \(header.count)",
      remedy: count < header.count
        ? "the table is cut short or the row is damaged: fetch the file again"
        : "check the delimiter (here \(delimiter)) and the quotes of this row")
  }

  // MARK: Fields

  /// A field as text, unquoted.
  package func text(_ field: Int) -> String { row.text(field) }

  /// A field near the start of the row as bytes, found without cutting up the rest of it.
  package func key(_ field: Int) -> UnsafeRawBufferPointer { row.key(field) }

  /// A field near the start of the row as text, unquoted, found without cutting up the rest of it.
  package func keyText(_ field: Int) -> String { row.keyText(field) }

  /// The bytes of `keyText` as UTF-8, without making a string of most fields; valid until the next call.
  package func keyUTF8(_ field: Int) -> UnsafeRawBufferPointer { row.keyUTF8(field) }

  /// A field as a number, NaN where it is a gap. Throws `FormatError` with file:line:column for anything else.
  package func number(_ field: Int) throws -> Double {
    switch NumberText(row.bytes(field)) {
    case .number(let value): return value
    case .missing: return .nan
    case .notANumber: throw notANumber(field)
    }
  }

  /// Position of the column named `name`. Throws `FormatError.Kind.missing`, naming the columns there are.
  package func column(_ name: String) throws -> Int {
    guard let column = header.firstIndex(of: name) else {
      let shown = header.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
      throw FormatError(
        .missing, at: Place(path, line: headerLine, field: name), "there is no column '\(name)'",
        remedy: "the columns are \(shown)\(header.count > 12 ? " and \(header.count - 12) more" : "")")
    }
    return column
  }

  func notANumber(_ field: Int, _ fault: String = "is not a number") -> FormatError {
    let name = header[field].isEmpty ? "\(field + 1)" : header[field]
    return FormatError(
      .malformed, at: Place(path, line: line, field: name), "'\(text(field).prefix(40))' \(fault)",
      remedy: "check the column, or whether the numbers are written with a decimal comma")
  }
}

extension String {
  /// Without the white space at either end.
  func trimmingOuterSpace() -> String {
    if utf8.allSatisfy({ $0 < 0x80 }) {
      guard let start = utf8.firstIndex(where: { !$0.isASCIISpace }),
        let last = utf8.lastIndex(where: { !$0.isASCIISpace })
      else { return "" }
      return String(self[start...last])
    }
    var text = self[...]
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}

extension UInt8 {
  /// Space, tab and the line ends.
  fileprivate var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
