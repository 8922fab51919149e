import Foundation
import Problems
import TestSupport
import Testing

@testable import Formats

@Suite("Workbooks")
struct WorkbookTests {
  private func rows(_ path: String, sheet: String? = nil) throws -> [SheetRow] {
    let book = try Workbook(path: path)
    let rows = try book.rows(sheet: sheet ?? book.sheetNames.first ?? "")
    var all: [SheetRow] = []
    while let row = try rows.next() { all.append(row) }
    return all
  }

  @Test("reads what openpyxl 3.1.5 writes")
  func openpyxl() throws {
    let path = try Fixture.path("Spreadsheet/openpyxl.xlsx")
    #expect(try Workbook(path: path).sheetNames == ["Lines & more", "Second"])
    let rows = try rows(path).filter { !$0.cells.isEmpty }
    #expect(
      rows == [
        SheetRow(number: 1, cells: ["Sample\nName", "COSMIC id", "value", "flag", "", "date"]),
        SheetRow(number: 2, cells: ["A <b> \"c\" 'd'", "906826", "0.1", "TRUE", "", "1e-07"]),
        SheetRow(number: 4, cells: ["été  ", "-3", "5", "FALSE", "", "#N/A"]),
      ])
    #expect(try self.rows(path, sheet: "Second") == [SheetRow(number: 1, cells: ["x"])])
  }

  @Test("reads prefixes, gaps, runs, phonetic guides, escapes, inline strings and cells without references")
  func edges() throws {
    let path = try Fixture.path("Spreadsheet/edges.xlsx")
    #expect(try Workbook(path: path).sheetNames == ["S&1"])
    var third = ["in line", "TRUE", "FALSE", "#N/A", "1.50", "a\tb"]
    third += Array(repeating: "", count: 21) + ["12345678901234567890"]
    #expect(
      try rows(path) == [
        SheetRow(number: 2, cells: ["", "rich text ", "AB&<>\"'\nline", "", "", "<raw> & ]] "]),
        SheetRow(number: 3, cells: third),
        SheetRow(number: 7, cells: []),
        SheetRow(number: 9, cells: []),
      ])
  }

  @Test("a sheet that is not there is missing, with the names there are")
  func missingSheet() throws {
    let book = try Workbook(path: Fixture.path("Spreadsheet/openpyxl.xlsx"))
    let error = try #require(throws: FormatError.self) { try book.rows(sheet: "third") }
    #expect(error.kind == .missing && error.remedy?.contains("Lines & more, Second") == true)
  }

  @Test(
    "bad workbooks say what is wrong and where",
    arguments: [
      ("bad-index", .malformed, "S&1:4:C: ", "shared string 5"),
      ("bad-row", .malformed, "S&1:5: ", "row number 3"),
      ("bad-column", .malformed, "S&1:1: ", "names no column"),
      ("bad-entity", .malformed, "S&1: ", "&lol;"),
      ("bad-doctype", .malformed, "S&1: ", "document type"),
      ("bad-depth", .tooLarge, "S&1: ", "nests deeper"),
      ("bad-tags", .malformed, "S&1: ", "does not match"),
      ("bad-end", .truncated, "S&1: ", "ends inside"),
      ("bad-encoding", .malformed, "S&1: ", "UTF-8"),
      ("no-workbook", .wrongFormat, "no-workbook.xlsx: ", "no workbook"),
    ] as [(String, FormatError.Kind, String, String)])
  func bad(name: String, kind: FormatError.Kind, place: String, cause: String) throws {
    let error = try #require(throws: FormatError.self) { try rows(Fixture.path("Spreadsheet/\(name).xlsx")) }
    #expect(error.kind == kind)
    #expect(error.description.contains(place) && error.cause.contains(cause), "\(error)")
  }

  @Test("an old or encrypted workbook is of another format")
  func oldFormat() throws {
    let folder = try TemporaryFolder()
    try Data([0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 0, count: 600)).write(
      to: URL(fileURLWithPath: folder.file("a.xlsx")))
    let error = try #require(throws: FormatError.self) { try Workbook(path: folder.file("a.xlsx")) }
    #expect(error.kind == .wrongFormat && error.remedy?.contains(".xlsx") == true)
  }

  @Test("names columns as spreadsheets do", arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
  func columnNames(column: Int, name: String) { #expect(SheetParser.columnName(column) == name) }

  @Test("damaged XML throws and never crashes or hangs")
  func damagedXML() throws {
    let archive = try ZipArchive(path: Fixture.path("Spreadsheet/edges.xlsx"))
    let bytes = try archive.source(named: "xl/sheets/one.xml").readWhole(limit: 1 << 20, at: Place("x"))
    var generator = SeededGenerator(seed: 2)
    var failures = 0
    for _ in 0..<3000 {
      do {
        let xml = try XMLScanner(MemorySource(mutate(bytes, using: &generator), piece: 7), at: Place("x"))
        let rows = SheetRows(xml, sharedStrings: SharedStrings(), file: "x")
        while try rows.next() != nil {}
      } catch is FormatError {
        failures += 1
      }
    }
    #expect(failures > 1000)
  }

  @Test("text is the same whatever the size of the blocks it comes in", arguments: [1, 2, 3, 5, 100])
  func blocks(piece: Int) throws {
    let text = "<a k='1 &amp; > 2'>x&lt;y\r\nz<!-- - -- --><![CDATA[]]]]><b/></a>"
    var xml = try XMLScanner(MemorySource(text, piece: piece), at: Place("x"))
    let start = try xml.next()
    let name = xml.isNamed("a")
    let attribute = try xml.attribute("k")
    try xml.readText()
    let content = xml.text
    let end = try xml.next()
    #expect(start == .start && name && end == .finished)
    #expect(attribute == Array("1 & > 2".utf8) && content == Array("x<y\nz]]".utf8))
  }

  @Test(
    "reads TCGA-CDR with its 11,160 patients", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func survival() throws {
    let rows = try rows(SharedData.data("tcga/survival/TCGA-CDR-SupplementalTableS1.xlsx"), sheet: "TCGA-CDR")
    #expect(rows.count == 11_161 && rows.map(\.number) == Array(1...11_161))
    #expect(rows.map(\.cells.count).max() == 34)
    #expect(rows[0].cells.prefix(3) == ["", "bcr_patient_barcode", "type"])
    #expect(rows[1].cells[1].hasPrefix("TCGA-"))
  }

  @Test(
    "reads the cell lines with the line breaks in their header and the total row",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func cellLines() throws {
    let rows = try rows(SharedData.data("gdsc/portal/Cell_Lines_Details.xlsx"))
    #expect(rows.count == 1003)
    #expect(rows[0].cells.contains { $0.contains("\n") })
    #expect(rows[1002].cells[0].hasPrefix("TOTAL"))
  }
}
