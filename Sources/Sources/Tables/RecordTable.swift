import Formats
import Problems

/// Chosen columns of a table of records, whatever it is stored as: delimited text, a workbook's sheet, or the samples of
/// a GEO series matrix.
package struct RecordTable: Sendable {
  package let path: String
  /// Every column that the table has, white space in their names reduced to single spaces.
  package let header: [String]
  /// The columns that were asked for and found, by the name they were asked for.
  package private(set) var columns: [String: [String]] = [:]
  /// Line or row in the file of each record.
  package private(set) var lines: [Int] = []

  package var count: Int { lines.count }

  /// Place of a record's field, for errors.
  package func place(_ record: Int, _ column: String? = nil) -> Place {
    Place(path, line: lines[record], field: column)
  }

  /// A column that was asked for; empty strings where the table lacks it.
  package subscript(column: String) -> [String] { columns[column] ?? Array(repeating: "", count: count) }

  package func has(_ column: String) -> Bool { columns[column] != nil }

  private init(path: String, header: [String]) {
    self.path = path
    self.header = header
  }
}

/// How to find the records of a table.
package struct RecordOptions: Sendable {
  /// Sheet of a workbook; nil: the first.
  package var sheet: String?
  package var delimiter: TableOptions.Delimiter?
  package var linesAfterHeader = 0
  /// The file inside a zip archive of several.
  package var entry: String?

  package init() {}
}

/// A column that a reader of records asks for.
package struct ColumnRequest: Sendable {
  /// What the reader calls it.
  package var name: String
  /// Names it goes by in files, the first of which is the usual one.
  package var aliases: [String]
  package var isRequired: Bool

  package init(_ name: String, _ aliases: [String] = [], required: Bool = true) {
    self.name = name
    self.aliases = aliases.isEmpty ? [name] : aliases
    isRequired = required
  }
}

extension RecordTable {
  /// Reads the requested columns; nil reads them all. Throws `FormatError` and `SourceError`.
  package static func read(
    _ input: InputFile, options: RecordOptions = RecordOptions(), columns requests: [ColumnRequest]?
  ) throws -> RecordTable {
    if input.content == .workbook { return try sheet(input, options: options, requests: requests) }
    if input.content == .pickle { return try dictionary(input, requests: requests) }
    guard [.text, .gzip, .zip].contains(input.content) else {
      throw SourceError(
        .wrongLayout, at: Place(input.path), "the file is \(input.content.rawValue), not a table of records",
        remedy: "check which file the configuration names")
    }
    var layout = TableOptions()
    layout.delimiter = options.delimiter
    layout.linesAfterHeader = options.linesAfterHeader
    layout.comment = UInt8(ascii: "#")
    layout.padsShortRows = true
    let text = try TableReader(input.source(entry: options.entry), path: input.path, options: layout)
    var table = RecordTable(path: input.path, header: text.header.map(\.withSingleSpaces))
    let wanted = try table.positions(of: requests, headerLine: text.headerLine)
    var values = Array(repeating: [String](), count: wanted.count)
    while try text.advance() {
      table.lines.append(text.line)
      for (index, request) in wanted.enumerated() { values[index].append(text.text(request.column)) }
    }
    for (index, request) in wanted.enumerated() { table.columns[request.name] = values[index] }
    return table
  }

  /// The samples of a series matrix as records.
  package static func seriesMatrix(_ input: InputFile, columns requests: [ColumnRequest]?) throws -> RecordTable {
    let matrix = try SeriesMatrixReader(input.source(), path: input.path)
    let fields = matrix.samples.fieldColumns
    var table = RecordTable(path: input.path, header: fields.keys.sorted())
    table.lines = matrix.samples.indices.map { $0 + 1 }
    for request in try table.positions(of: requests, headerLine: 1) {
      table.columns[request.name] = fields[table.header[request.column]]
    }
    return table
  }

  /// A pickled dictionary of texts as a table of two columns, `key` and `value`.
  private static func dictionary(_ input: InputFile, requests: [ColumnRequest]?) throws -> RecordTable {
    guard case .dictionary(let dictionary) = try PickleFile.read(path: input.path) else {
      throw SourceError(
        .wrongLayout, at: Place(input.path), "the pickle is no dictionary", remedy: "check which file this is")
    }
    var table = RecordTable(path: input.path, header: ["key", "value"])
    var fields: [[String]] = [[], []]
    for (position, entry) in dictionary.entries.enumerated() {
      guard let key = entry.key.string, let value = entry.value.string else {
        throw SourceError(
          .wrongLayout, at: Place(input.path, line: position + 1), "an entry of the pickle is not a text by a text",
          remedy: "check which file this is")
      }
      table.lines.append(position + 1)
      fields[0].append(key)
      fields[1].append(value)
    }
    for request in try table.positions(of: requests, headerLine: 1) {
      table.columns[request.name] = fields[request.column]
    }
    return table
  }

  private static func sheet(
    _ input: InputFile, options: RecordOptions, requests: [ColumnRequest]?
  ) throws -> RecordTable {
    let workbook = try Workbook(path: input.path)
    guard let name = options.sheet ?? workbook.sheetNames.first else {
      throw SourceError(.missing, at: Place(input.path), "the workbook has no sheets", remedy: "check the file")
    }
    let rows = try workbook.rows(sheet: name)
    guard let head = try rows.next() else {
      throw SourceError(.missing, at: Place(input.path), "the sheet '\(name)' is empty", remedy: "name another sheet")
    }
    var table = RecordTable(path: input.path, header: head.cells.map(\.withSingleSpaces))
    let wanted = try table.positions(of: requests, headerLine: head.number)
    var values = Array(repeating: [String](), count: wanted.count)
    while let row = try rows.next() {
      if row.cells.allSatisfy(\.isEmpty) { continue }
      table.lines.append(row.number)
      for (index, request) in wanted.enumerated() {
        values[index].append(request.column < row.cells.count ? row.cells[request.column] : "")
      }
    }
    for (index, request) in wanted.enumerated() { table.columns[request.name] = values[index] }
    return table
  }

  private func positions(
    of requests: [ColumnRequest]?, headerLine: Int
  ) throws -> [(name: String, column: Int)] {
    guard let requests else { return header.enumerated().map { ($1, $0) } }
    return try requests.compactMap { request in
      for alias in request.aliases {
        if let column = header.firstIndex(of: alias.withSingleSpaces) { return (request.name, column) }
      }
      let folded = Set(request.aliases.map { $0.withSingleSpaces.lowercased() })
      if let column = header.firstIndex(where: { folded.contains($0.lowercased()) }) { return (request.name, column) }
      guard request.isRequired else { return nil }
      throw SourceError(
        .missing, at: Place(path, line: headerLine, field: request.aliases[0]),
        "there is no column '\(request.aliases[0])'",
        remedy: "the columns are \(header.prefix(24).map { "'\($0)'" }.joined(separator: ", "))"
          + (header.count > 24 ? " and \(header.count - 24) more" : ""))
    }
  }
}

extension String {
  /// Every run of white space, line breaks included, as one space, and none at either end.
  package var withSingleSpaces: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
