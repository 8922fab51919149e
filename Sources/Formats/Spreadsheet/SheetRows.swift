import Problems

/// One row of a sheet.
package struct SheetRow: Sendable, Equatable {
  /// Number that the spreadsheet shows beside the row, counted from 1.
  package var number: Int
  /// Cells from column A on, "" where there is none; trailing empty cells are left out.
  package var cells: [String]

  package init(number: Int, cells: [String]) {
    self.number = number
    self.cells = cells
  }
}

/// The rows of one sheet, read as the sheet is unpacked.
///
/// Cells are text as the file has it: numbers as written, TRUE or FALSE, errors such as #N/A, line breaks kept.
/// Rows that the file does not hold are not delivered: `SheetRow.number` tells.
package final class SheetRows {
  private var parser: SheetParser

  init(_ xml: consuming XMLScanner, sharedStrings: SharedStrings, file: String) {
    parser = SheetParser(xml, sharedStrings: sharedStrings, file: file)
  }

  /// The next row, or nil after the last; throws `FormatError` with file:sheet:row.
  package func next() throws -> SheetRow? { try parser.next() }
}
