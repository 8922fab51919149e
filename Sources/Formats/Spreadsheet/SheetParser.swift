import Problems

/// Turns a sheet's XML into rows.
struct SheetParser: ~Copyable {
  private static let columnLimit = 16_384
  private static let rowLimit = 1_048_576

  private var xml: XMLScanner
  private let sharedStrings: SharedStrings
  private let file: String
  private var lastRow = 0
  private var isInside = false

  init(_ xml: consuming XMLScanner, sharedStrings: SharedStrings, file: String) {
    self.xml = xml
    self.sharedStrings = sharedStrings
    self.file = file
  }

  mutating func next() throws -> SheetRow? {
    while true {
      switch try xml.next() {
      case .start where isInside && xml.isNamed("row"): return try readRow()
      case .start where !isInside && xml.depth == 2 && xml.isNamed("sheetData"): isInside = true
      case .start where xml.depth > 1: try xml.skipElement()
      case .end where xml.depth == 1: isInside = false
      case .finished: return nil
      default: break
      }
    }
  }

  private mutating func readRow() throws -> SheetRow {
    let number = try rowNumber()
    var cells: [String] = []
    var column = -1
    let outer = xml.depth
    while true {
      switch try xml.next() {
      case .start where xml.isNamed("c"):
        column = try columnIndex(after: column, row: number)
        let value = try readCell(row: number, column: column)
        if value.isEmpty { continue }
        while cells.count < column { cells.append("") }
        if column < cells.count { cells[column] = value } else { cells.append(value) }
      case .start: try xml.skipElement()
      case .end where xml.depth == outer - 1:
        lastRow = number
        return SheetRow(number: number, cells: cells)
      case .finished: throw xml.malformed("the XML ends inside a row")
      default: break
      }
    }
  }

  private func rowNumber() throws -> Int {
    guard let text = try xml.attribute("r") else { return lastRow + 1 }
    guard let number = Int(String(decoding: text, as: UTF8.self)), number > lastRow, number <= Self.rowLimit else {
      throw FormatError(
        .malformed, at: Place(file, line: lastRow + 1),
        "row number \(String(decoding: text, as: UTF8.self)) does not follow on row \(lastRow)")
    }
    return number
  }

  /// The column that a cell's reference such as AB12 names, counted from 0; the next one for a cell without.
  private func columnIndex(after last: Int, row: Int) throws -> Int {
    var index = last + 1
    if let reference = try xml.rawAttribute("r") {
      var number = 0
      for byte in reference.prefix(4) {
        guard byte | 0x20 >= UInt8(ascii: "a"), byte | 0x20 <= UInt8(ascii: "z") else { break }
        number = number * 26 + Int(byte | 0x20 - UInt8(ascii: "a")) + 1
      }
      index = number - 1
    }
    guard (0..<Self.columnLimit).contains(index) else {
      throw FormatError(.malformed, at: Place(file, line: row), "a cell's reference names no column")
    }
    return index
  }

  private enum CellType { case plain, shared, formulaText, boolean }

  private mutating func readCell(row: Int, column: Int) throws -> String {
    let type = try cellType()
    let outer = xml.depth
    var value = ""
    while true {
      switch try xml.next() {
      case .start where xml.isNamed("v"):
        try xml.readText()
        value = try text(type, row: row, column: column)
      case .start where xml.isNamed("is"): value = try xml.richText()
      case .start: try xml.skipElement()
      case .end where xml.depth == outer - 1: return value
      case .finished: throw xml.malformed("the XML ends inside a cell")
      default: break
      }
    }
  }

  private func cellType() throws -> CellType {
    guard let type = try xml.rawAttribute("t"), let first = type.first else { return .plain }
    switch (first, type.count) {
    case (UInt8(ascii: "s"), 1): return .shared
    case (UInt8(ascii: "b"), 1): return .boolean
    case (UInt8(ascii: "s"), _): return .formulaText
    default: return .plain
    }
  }

  private func text(_ type: CellType, row: Int, column: Int) throws -> String {
    let text = String(decoding: xml.text, as: UTF8.self)
    switch type {
    case .plain: return text
    case .formulaText: return xml.unescaped(xml.text)
    case .boolean: return text == "0" ? "FALSE" : "TRUE"
    case .shared:
      guard let index = Int(text), let shared = sharedStrings[index] else {
        throw FormatError(
          .malformed, at: Place(file, line: row, field: Self.columnName(column)),
          "the cell refers to shared string \(text), of which the workbook has \(sharedStrings.texts.count)")
      }
      return shared
    }
  }

  /// A, B, ... Z, AA, ... for a column counted from 0.
  static func columnName(_ column: Int) -> String {
    var name = ""
    var rest = column + 1
    while rest > 0 {
      name = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + name
      rest = (rest - 1) / 26
    }
    return name
  }
}
