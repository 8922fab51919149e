import Problems

/// Reads a GCT text matrix (version 1.2 or 1.3), metadata first and then one row at a time.
package final class GCTReader {
  /// What stands before a row's values.
  package struct Row: Sendable, Equatable {
    package var id: String
    /// A value for each of `rowFields`, "" where it is missing.
    package var fields: [String]
    /// Line in the file, counted from 1.
    package var line: Int
  }

  package let path: String
  /// 2 or 3, of version 1.2 or 1.3.
  package let minorVersion: Int
  package let rowCount: Int
  package let columnIDs: [String]
  /// Names of the rows' metadata; `Description` for version 1.2.
  package let rowFields: [String]
  package let columnFields: [GCTField]
  private let lines: LineReader
  private var rowsRead = 0

  /// Reads version, declared sizes, header and column metadata; throws `FormatError` with file:line:field.
  package init(_ source: sending any ByteSource, path: String) throws {
    self.path = path
    lines = LineReader(source, path: path)
    minorVersion = try Self.version(lines)
    let sizes = try Self.sizes(lines, isShort: minorVersion == 2)
    rowCount = sizes.rows
    let header = try Self.header(lines, sizes)
    rowFields = Array(header[1..<(1 + sizes.rowFields)])
    columnIDs = Array(header[(1 + sizes.rowFields)...])
    columnFields = try Self.columnFields(lines, sizes)
  }

  /// Fills `values` with the next row, NaN for missing ones, and says whose it is; nil after the last.
  ///
  /// `values` has one place a column. Throws when the file has fewer or more rows than it declares.
  package func next(into values: UnsafeMutableBufferPointer<Float>) throws -> Row? {
    precondition(values.count == columnIDs.count, "\(values.count) places for \(columnIDs.count) columns")
    guard rowsRead < rowCount else {
      try requireEnd()
      return nil
    }
    guard let line = try lines.next() else {
      throw FormatError(
        .truncated, at: Place(path, line: lines.line), "the file ends after \(rowsRead) of \(rowCount) rows",
        remedy: "get the file again")
    }
    var fields = GCTFields(line)
    guard let id = fields.next() else { throw tooFew(0) }
    var row = Row(id: fieldText(id), fields: [], line: lines.line)
    for _ in rowFields {
      guard let field = fields.next() else { throw tooFew(row.fields.count + 1) }
      row.fields.append(GCTField.value(fieldText(field)))
    }
    for column in values.indices {
      guard let field = fields.next() else { throw tooFew(1 + rowFields.count + column) }
      values[column] = try number(field, column: column)
    }
    guard fields.restIsEmpty else { throw tooMany() }
    rowsRead += 1
    return row
  }

  private func number(_ field: UnsafeRawBufferPointer, column: Int) throws -> Float {
    switch NumberText(field) {
    case .number(let value): return value == -666 ? .nan : Float(value)
    case .missing: return .nan
    case .notANumber:
      throw FormatError(
        .malformed, at: Place(path, line: lines.line, field: columnIDs[column]),
        "'\(fieldText(UnsafeRawBufferPointer(rebasing: field.prefix(40))))' is no number",
        remedy: "a gap is written as na, NaN, -666 or nothing")
    }
  }

  private func requireEnd() throws {
    while let line = try lines.next() {
      guard line.allSatisfy({ $0 == 0x09 || $0 == 0x20 }) else {
        throw FormatError(
          .malformed, at: Place(path, line: lines.line), "the file holds more than the \(rowCount) rows it declares",
          remedy: "correct the second line, or get the file again")
      }
    }
  }

  private func tooFew(_ count: Int) -> FormatError {
    let expected = 1 + rowFields.count + columnIDs.count
    return FormatError(
      .malformed, at: Place(path, line: lines.line), "the row has \(count) fields, not \(expected)",
      remedy: "the row is cut short or the second line is wrong: get the file again")
  }

  private func tooMany() -> FormatError {
    FormatError(
      .malformed, at: Place(path, line: lines.line),
      "the row has more than the \(1 + rowFields.count + columnIDs.count) fields that the file declares",
      remedy: "the row is damaged or the second line is wrong: get the file again")
  }
}

extension GCTReader {
  private struct Sizes {
    var rows: Int
    var columns: Int
    var rowFields: Int
    var columnFields: Int
  }

  private static func version(_ lines: LineReader) throws -> Int {
    guard let line = try lines.next() else {
      throw FormatError(.truncated, at: Place(lines.path), "the file is empty", remedy: "get the file again")
    }
    var fields = GCTFields(line)
    let version = fields.next().map { fieldText($0.withoutOuterSpace) } ?? ""
    guard version == "#1.2" || version == "#1.3" else {
      throw FormatError(
        .wrongFormat, at: Place(lines.path, line: 1),
        "the file begins with '\(version.prefix(40))', not with #1.2 or #1.3, so it is no GCT file",
        remedy: "check which file and layout the configuration names")
    }
    return version == "#1.2" ? 2 : 3
  }

  private static func sizes(_ lines: LineReader, isShort: Bool) throws -> Sizes {
    guard let line = try lines.next() else { throw endsEarly(lines) }
    var numbers: [Int] = []
    var fields = GCTFields(line)
    while let field = fields.next(), field.count > 0 {
      guard let number = Int(fieldText(field.withoutOuterSpace)), number >= 0, number < 1 << 31 else {
        throw FormatError(
          .malformed, at: Place(lines.path, line: lines.line, field: "\(numbers.count + 1)"),
          "'\(fieldText(field).prefix(40))' is no number of rows or columns",
          remedy: "the second line must hold the numbers of rows and columns, and in #1.3 of their fields")
      }
      numbers.append(number)
    }
    guard numbers.count == (isShort ? 2 : 4) else {
      throw FormatError(
        .malformed, at: Place(lines.path, line: lines.line),
        "the second line declares \(numbers.count) sizes, not \(isShort ? 2 : 4)",
        remedy: "check the version on the first line: #1.2 has two sizes, #1.3 four")
    }
    return Sizes(
      rows: numbers[0], columns: numbers[1], rowFields: isShort ? 1 : numbers[2],
      columnFields: isShort ? 0 : numbers[3])
  }

  /// The id's name, those of the row fields and the ids of the columns.
  private static func header(_ lines: LineReader, _ sizes: Sizes) throws -> [String] {
    guard let line = try lines.next() else { throw endsEarly(lines) }
    return try texts(line, lines, sizes)
  }

  private static func columnFields(_ lines: LineReader, _ sizes: Sizes) throws -> [GCTField] {
    var fields: [GCTField] = []
    while fields.count < sizes.columnFields {
      guard let line = try lines.next() else { throw endsEarly(lines) }
      let texts = try texts(line, lines, sizes)
      fields.append(GCTField(name: texts[0], values: texts[(1 + sizes.rowFields)...].map(GCTField.value)))
    }
    return fields
  }

  private static func texts(_ line: UnsafeRawBufferPointer, _ lines: LineReader, _ sizes: Sizes) throws -> [String] {
    let expected = 1 + sizes.rowFields + sizes.columns
    var texts: [String] = []
    var fields = GCTFields(line)
    while texts.count < expected, let field = fields.next() { texts.append(fieldText(field)) }
    guard texts.count == expected, fields.restIsEmpty else {
      throw FormatError(
        .malformed, at: Place(lines.path, line: lines.line),
        "the line has \(fields.restIsEmpty ? "\(texts.count)" : "more than \(expected)") fields, but the second line"
          + " declares \(sizes.columns) columns and \(sizes.rowFields) row fields, that is \(expected)",
        remedy: "the file is damaged, or its second line was edited: get it again")
    }
    return texts
  }

  private static func endsEarly(_ lines: LineReader) -> FormatError {
    FormatError(
      .truncated, at: Place(lines.path, line: lines.line), "the file ends before its data", remedy: "get the file again"
    )
  }
}

/// The tab-separated fields of a line, one after the other.
private struct GCTFields {
  private let line: UnsafeRawBufferPointer
  private var start = 0

  init(_ line: UnsafeRawBufferPointer) { self.line = line }

  mutating func next() -> UnsafeRawBufferPointer? {
    guard start <= line.count else { return nil }
    let rest = UnsafeRawBufferPointer(rebasing: line[start...])
    let length = rest.firstIndex(ofByte: 0x09) ?? rest.count
    start += length + 1
    return UnsafeRawBufferPointer(rebasing: rest[..<length])
  }

  /// Whether only tabs and spaces follow, as spreadsheets leave them at the ends of lines.
  var restIsEmpty: Bool { start > line.count || line[start...].allSatisfy { $0 == 0x09 || $0 == 0x20 } }
}
