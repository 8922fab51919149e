import TestSupport
import Testing

@testable import Formats

@Suite("TableReader") struct TableReaderTests {
  private func rows(_ source: sending MemorySource, options: TableOptions = TableOptions()) throws -> [[String]] {
    let table = try TableReader(source, path: "table", options: options)
    var rows = [table.header]
    while try table.advance() { rows.append(table.header.indices.map { table.text($0) }) }
    #expect(table.rows == rows.count - 1)
    #expect(try !table.advance())
    return rows
  }

  private func rows(_ text: String, options: TableOptions = TableOptions()) throws -> [[String]] {
    try rows(MemorySource(text, piece: 3), options: options)
  }

  private func fixture(_ name: String, options: TableOptions = TableOptions()) throws -> [[String]] {
    try rows(MemorySource(try Fixture.bytes("text/\(name)")), options: options)
  }

  private func options(_ change: (inout TableOptions) -> Void) -> TableOptions {
    var options = TableOptions()
    change(&options)
    return options
  }

  @Test("takes white space off the ends of text as one would character by character", arguments: 0..<200)
  func outerSpace(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let characters = Array(" \t\r\n\u{b}a:\u{a0}\u{e9}\u{301}")
    let count = Int.random(in: 0..<8, using: &random)
    let known = Int.random(in: 3..<characters.count, using: &random)
    let text = String((0..<count).map { _ in characters[Int.random(in: 0...known, using: &random)] })
    let expected = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
    #expect(text.trimmingOuterSpace() == String(expected))
  }

  // MARK: Lines

  @Test("reads fields, whatever the line end", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(_ end: String) throws {
    #expect(try rows(["a,b", "1,2", "3,4"].joined(separator: end)) == [["a", "b"], ["1", "2"], ["3", "4"]])
    #expect(try rows(["a,b", "1,2", ""].joined(separator: end)) == [["a", "b"], ["1", "2"]])
    #expect(try rows(["", "a,b", "", "1,2", "", ""].joined(separator: end)) == [["a", "b"], ["1", "2"]])
  }

  @Test("reads a file with CR line ends, one with a byte order mark and one in Latin-1")
  func encodings() throws {
    #expect(
      try fixture("carriage-returns.txt") == [["gene", "S1", "S2"], ["TP53", "1.5", "-2"], ["KRAS", "NA", "3"]])
    #expect(try fixture("byte-order-mark.csv") == [["gene", "S1"], ["TP53", "1"]])
    #expect(try fixture("latin1.tsv") == [["gene", "Café"], ["TP53", "5 µM"]])
  }

  @Test("refuses UTF-16, zero bytes in the header and an empty file")
  func noTable() throws {
    #expect(try #require(throws: FormatError.self) { try fixture("utf16.tsv") }.kind == .wrongFormat)
    let binary = try #require(throws: FormatError.self) { try fixture("zero-bytes.xlsx.csv") }
    #expect(binary.cause == "this is no text table: it holds zero bytes")
    for text in ["", "\n", "\r\n\r\n"] {
      let empty = try #require(throws: FormatError.self) { try rows(text) }
      #expect(empty.kind == .truncated)
      #expect(empty.cause == "the table is empty")
    }
    #expect(try #require(throws: FormatError.self) { try fixture("empty.csv") }.cause == "the table is empty")
  }

  @Test("refuses line ends that are mixed so that the first rows would become the header")
  func mixedLineEnds() throws {
    for text in ["a,b\r1,\"x\ny\"\r", "a,b\r1,\"x\ny\"\r2,z\r", "a,b\r1,2\n3,4\n"] {
      let error = try #require(throws: FormatError.self) { try rows(text) }
      #expect(error.cause == "a carriage return stands inside the header line")
      #expect(error.place?.description == "table:1")
    }
  }

  @Test("keeps zero bytes in a row as text, and not as a number")
  func zeroByteInRow() throws {
    let table = try TableReader(MemorySource("a,b\n1\u{0},2\n"), path: "table")
    #expect(try table.advance())
    #expect(table.text(0) == "1\u{0}")
    #expect(throws: FormatError.self) { try table.number(0) }
  }

  @Test("gives a header without rows")
  func headerOnly() throws {
    #expect(try rows("a\tb") == [["a", "b"]])
    #expect(try rows("a\tb\n") == [["a", "b"]])
    #expect(try rows("a") == [["a"]])
  }

  // MARK: Header

  @Test("finds the delimiter that the header holds most often")
  func delimiters() throws {
    #expect(try rows("a;b,c;d\n1;2;3\n") == [["a", "b,c", "d"], ["1", "2", "3"]])
    #expect(try rows("a, x\tb\tc\n1\t2\t3\n") == [["a, x", "b", "c"], ["1", "2", "3"]])
    #expect(try rows("gene\nTP53\nKRAS") == [["gene"], ["TP53"], ["KRAS"]])
    let tab = options { $0.delimiter = .tab }
    #expect(try rows("a,b\n1,2\n", options: tab) == [["a,b"], ["1,2"]])
  }

  @Test("does not take delimiters inside quotes for the delimiter")
  func quotedDelimiters() throws {
    #expect(
      try rows("\"name, first, second, third\";\"n\"\nx;1\n") == [["name, first, second, third", "n"], ["x", "1"]])
  }

  @Test("gives header names trimmed and unquoted, and repeated ones as they are")
  func headerNames() throws {
    #expect(try rows("\" a \", b ,a,a\n1,2,3,4\n")[0] == ["a", "b", "a", "a"])
    let table = try TableReader(MemorySource("x,a,a\n"), path: "table")
    #expect(try table.column("a") == 1)
  }

  @Test("names the columns there are when one is missing")
  func missingColumn() throws {
    let table = try TableReader(MemorySource("\ngene,S1\n"), path: "table")
    let error = try #require(throws: FormatError.self) { try table.column("S2") }
    #expect(error.kind == .missing)
    #expect(error.description == "table:2:S2: there is no column 'S2'\n  remedy: the columns are 'gene', 'S1'")
  }

  @Test("gives the row names of an R table their own column")
  func rowNames() throws {
    #expect(try rows("a\tb\nr1\t1\t2\n") == [["", "a", "b"], ["r1", "1", "2"]])
    #expect(try fixture("r-row-names.tsv") == [["", "S1", "S2"], ["TP53", "1.5", "2"], ["KRAS", "NA", "-3"]])
    #expect(try rows("a,b\nr1,1,2\nr2,3,\n") == [["", "a", "b"], ["r1", "1", "2"], ["r2", "3", ""]])
  }

  @Test("drops the empty name that a delimiter at the header's end makes")
  func trailingDelimiterInHeader() throws {
    #expect(try rows("a,b,\n1,2\n3,4\n") == [["a", "b"], ["1", "2"], ["3", "4"]])
    #expect(try rows("a,b,\n1,2,\n3,4,\n") == [["a", "b", ""], ["1", "2", ""], ["3", "4", ""]])
  }

  @Test("passes over comments before the header, and over lines after it")
  func extraLines() throws {
    let comment = options { $0.comment = UInt8(ascii: "#") }
    #expect(try rows("#1\n#x\ty\n\nID\tS1\n#a\t1\n", options: comment) == [["ID", "S1"], ["#a", "1"]])
    #expect(throws: FormatError.self) { try rows("#1\n#2\n", options: comment) }
    let biotab = options { $0.linesAfterHeader = 2 }
    #expect(
      try fixture("biotab.txt", options: biotab) == [["bcr_patient_barcode", "gender"], ["TCGA-A6-2671", "MALE"]])
    let cut = try #require(throws: FormatError.self) { try rows("a\tb\na\tb\n", options: biotab) }
    #expect(cut.cause == "the table ends inside its header")
  }

  // MARK: Rows

  @Test("refuses a row with a field missing and names its line")
  func shortRow() throws {
    let error = try #require(throws: FormatError.self) { try fixture("short-row.csv") }
    #expect(error.place?.description == "table:3")
    #expect(error.cause == "this row has 2 fields, the header 3")
    #expect(error.remedy == "the table is cut short or the row is damaged: fetch the file again")
  }

  @Test("refuses a row with a field too many and names its line")
  func longRow() throws {
    let error = try #require(throws: FormatError.self) { try fixture("long-row.csv") }
    #expect(error.place?.description == "table:3")
    #expect(error.cause == "this row has 4 fields, the header 3")
  }

  @Test("takes empty fields at a row's end away where the header has none")
  func trailingEmpties() throws {
    #expect(try rows("a,b\n1,2,,,\n3,4\n5,,\n") == [["a", "b"], ["1", "2"], ["3", "4"], ["5", ""]])
  }

  @Test("pads short rows where it is told to")
  func padding() throws {
    let pads = options { $0.padsShortRows = true }
    #expect(
      try rows("a,b,c\n1\n1,2\n1,2,3,,\n", options: pads) == [
        ["a", "b", "c"], ["1", "", ""], ["1", "2", ""], ["1", "2", "3"],
      ])
    #expect(throws: FormatError.self) { try rows("a,b\n1,2\n1,2,3\n", options: pads) }
  }

  @Test("tells the line on which a row starts")
  func lineNumbers() throws {
    let table = try TableReader(MemorySource("\n\na,b\n\n1,\"2\n2\"\n3,4\n"), path: "table")
    #expect(table.headerLine == 3)
    #expect(try table.advance())
    #expect(table.line == 5)
    #expect(try table.advance())
    #expect(table.line == 7)
  }

  // MARK: Quotes

  @Test("keeps delimiters, doubled quotes and line breaks inside quotes")
  func quotes() throws {
    #expect(try rows("a,b\n\"x, y\",\"say \"\"so\"\"\nnow\"\n") == [["a", "b"], ["x, y", "say \"so\"\nnow"]])
    #expect(
      try fixture("quoted-lines.csv") == [
        ["name", "note", "n"], ["A, B", "first\nsecond \"third\"", "1"], ["C", "", "2"],
      ])
    #expect(try rows("a,b\n\"\",\"\"\"\"\n\"\n\n\",\"\n\"\n") == [["a", "b"], ["", "\""], ["\n\n", "\n"]])
    #expect(try rows("c,\"a\nb\"\n1,2\n") == [["c", "a\nb"], ["1", "2"]])
  }

  @Test("takes quotes inside a field, and unclosed ones in a TSV, as they stand")
  func strayQuotes() throws {
    #expect(
      try rows("a\tb\n5\" disk\t\"open\nx\"y\"\tz\n") == [["a", "b"], ["5\" disk", "\"open"], ["x\"y\"", "z"]])
    #expect(try rows("a\tb\n\"say \"so\" now\"\tx\n") == [["a", "b"], ["say \"so\" now", "x"]])
    #expect(try rows("a\tb\n\"tab\tinside\"\t\"x\"\n") == [["a", "b"], ["tab\tinside", "x"]])
    #expect(try rows("a,b\nsay \"so\",x\n") == [["a", "b"], ["say \"so\"", "x"]])
    let none = options { $0.quoting = TableOptions.Quoting.none }
    #expect(try rows("a\tb\n\"1\"\t\"\"2\n", options: none) == [["a", "b"], ["\"1\"", "\"\"2"]])
  }

  @Test("refuses a quote that is never closed and names the line that opens it")
  func openQuote() throws {
    let error = try #require(throws: FormatError.self) { try fixture("open-quote.csv") }
    #expect(error.place?.description == "table:3")
    #expect(error.cause == "a quote that is opened here is never closed")
  }

  @Test("finds an unclosed quote in a long table in time that grows with its length", .timeLimit(.minutes(1)))
  func openQuoteInLongTable() throws {
    let text = "a,b\n1,\"2\n" + String(repeating: "3,4\n", count: 300_000)
    #expect(throws: FormatError.self) { try rows(MemorySource(text)) }
  }

  @Test("cuts up a long line of unclosed quotes in time that grows with its length", .timeLimit(.minutes(1)))
  func manyOpenQuotes() throws {
    let row = [String](repeating: "\"x", count: 300_000)
    let table = try TableReader(
      MemorySource(row.map { _ in "c" }.joined(separator: "\t") + "\n" + row.joined(separator: "\t")), path: "table")
    #expect(try table.advance())
    #expect(table.text(299_999) == "\"x")
  }

  @Test("refuses a quoted field over the limit of a line")
  func longQuotedField() throws {
    let text = "a,b\n1,\"" + String(repeating: "line\n", count: 1000) + "\"\n"
    let error = try #require(throws: FormatError.self) {
      try TableReader(LineReader(MemorySource(text), path: "table", limit: 4000), options: TableOptions())
    }
    #expect(error.kind == .tooLarge)
    #expect(error.place?.description == "table:2")
    let whole = try TableReader(LineReader(MemorySource(text), path: "table", limit: 6000), options: TableOptions())
    #expect(try whole.advance())
    #expect(whole.text(1).utf8.count == 5000)
  }

  // MARK: Streams

  @Test("passes on the error of a stream that is cut, after the rows before the cut")
  func cutStream() throws {
    let whole = try gzipped("a,b\n" + (0..<5000).map { "\($0),\($0 * 7919 % 10007)\n" }.joined())
    let table = try TableReader(
      GzipSource(MemorySource(Array(whole.dropLast(20))), path: "table.gz"), path: "table.gz")
    var rows = 0
    let error = try #require(throws: FormatError.self) { while try table.advance() { rows += 1 } }
    #expect(error.kind == .truncated)
    #expect(error.place?.description == "table.gz")
    #expect(rows > 1000)
  }
}
