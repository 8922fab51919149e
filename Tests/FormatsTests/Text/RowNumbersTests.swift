import Foundation
import TestSupport
import Testing

@testable import Formats

@Suite("TableReader numbers") struct RowNumbersTests {
  private func table(_ text: String, options: TableOptions = TableOptions()) throws -> TableReader {
    try TableReader(MemorySource(text, piece: 5), path: "table.tsv", options: options)
  }

  private func numbers(_ table: TableReader, from first: Int = 1) throws -> [Float] {
    try withUnsafeTemporaryAllocation(of: Float.self, capacity: table.header.count - first) { values in
      try table.numbers(from: first, into: values)
      return Array(values)
    }
  }

  /// Every row's numbers, gaps as nil.
  private func matrix(_ table: TableReader, from first: Int = 1) throws -> [[Float?]] {
    var rows: [[Float?]] = []
    while try table.advance() { rows.append(try numbers(table, from: first).map { $0.isNaN ? nil : $0 }) }
    return rows
  }

  @Test("reads the numbers of a row, gaps as NaN")
  func plain() throws {
    let text = "gene\tS1\tS2\tS3\nTP53\t1.5\t-2e-3\tNA\nKRAS\t\t 7\t\nMYC\tnull\tN/A\t+0.25\n"
    #expect(try matrix(table(text)) == [[1.5, -0.002, nil], [nil, 7, nil], [nil, nil, 0.25]])
    #expect(try matrix(table(text), from: 2) == [[-0.002, nil], [7, nil], [nil, 0.25]])
  }

  @Test("reads quoted numbers and gaps", arguments: ["\t", ","])
  func quoted(_ delimiter: String) throws {
    let text = "g|S1|S2\n\"TP53\"|\"1.5\"|\"NA\"\n\"a|b\"|2|\"\"\nx|\" 3 \"|\n"
    #expect(
      try matrix(table(text.replacingOccurrences(of: "|", with: delimiter))) == [[1.5, nil], [2, nil], [3, nil]])
  }

  @Test("reads rows with empty fields at their end, and padded ones")
  func ragged() throws {
    #expect(try matrix(table("g,a,b\nx,1,2,,\ny,3,\n")) == [[1, 2], [3, nil]])
    var pads = TableOptions()
    pads.padsShortRows = true
    #expect(
      try matrix(table("g,a,b\nx\ny,1\nz,1,2\n\"q\"\n", options: pads)) == [
        [nil, nil], [1, nil], [1, 2], [nil, nil],
      ])
  }

  @Test("reads the row names of an R table as its first column")
  func rowNames() throws {
    #expect(try matrix(table("a b\tc d\nr1\t1\t2\nr2\t3\tNA\n")) == [[1, 2], [3, nil]])
  }

  @Test("reads the same from a gzip stream")
  func gzip() throws {
    let text = "gene,S1,S2\n" + (0..<2000).map { "g\($0),\($0).5,\($0 % 3 == 0 ? "" : "-\($0)")\n" }.joined()
    let bytes = try gzipped(text)
    let table = try TableReader(GzipSource(MemorySource(bytes, piece: 100), path: "t.gz"), path: "t.gz")
    let rows = try matrix(table)
    let wanted: [[Float?]] = (0..<2000).map { row in
      let value = Float(row)
      return [value + 0.5, row % 3 == 0 ? nil : -value]
    }
    #expect(rows == wanted)
  }

  @Test("has no numbers to read behind the last column")
  func noColumns() throws {
    let table = try table("ID_REF\nx\ny\n")
    while try table.advance() { #expect(try numbers(table) == []) }
    #expect(table.rows == 2)
  }

  @Test("reads the numbers of chosen columns")
  func chosen() throws {
    let table = try table("g,a,b,c\nx,1,,\"3\"\n")
    #expect(try table.advance())
    let values = try withUnsafeTemporaryAllocation(of: Float.self, capacity: 2) { values in
      try table.numbers(of: [1, 3], into: values)
      return Array(values)
    }
    #expect(values == [1, 3])
    #expect(try table.number(2).isNaN)
  }

  @Test(
    "names file, line and column of what is no number",
    arguments: ["1,5", "1.2.3", "--1", "0x10", "inf", "-Inf", "x", "1e999", "\"1\"\"2\""])
  func notANumber(_ text: String) throws {
    let table = try table("gene\tS1\tS2\nTP53\t1\t2\nKRAS\t3\t\(text)\n")
    #expect(try table.advance() && table.advance())
    let error = try #require(throws: FormatError.self) { try numbers(table) }
    #expect(error.kind == .malformed)
    #expect(error.place?.description == "table.tsv:3:S2")
    #expect(error.cause.hasSuffix("is not a number"))
    #expect(try #require(throws: FormatError.self) { try table.number(2) } == error)
  }

  @Test("names a column without a name by its number")
  func unnamedColumn() throws {
    let table = try table("gene,,b\nx,y,1\n")
    #expect(try table.advance())
    #expect(try #require(throws: FormatError.self) { try numbers(table) }.place?.field == "2")
  }

  @Test("refuses a number that a Float cannot hold", arguments: ["1e39", "\"1e39\"", "-3.5e38"])
  func tooLarge(_ text: String) throws {
    let table = try table("gene,S1\nx,\(text)\n")
    #expect(try table.advance())
    let error = try #require(throws: FormatError.self) { try numbers(table) }
    #expect(error.place?.description == "table.tsv:2:S1")
    #expect(throws: FormatError.self) {
      try withUnsafeTemporaryAllocation(of: Float.self, capacity: 1) { try table.numbers(of: [1], into: $0) }
    }
    #expect(try table.number(1) == strtod(text.replacingOccurrences(of: "\"", with: ""), nil))
  }

  @Test("finds a key without cutting up the row, and after it was cut up")
  func keys() throws {
    for row in ["TP53\t7157\t1", "\"TP53\"\t\"7157\"\t1"] {
      let table = try table("gene\tid\tS1\n\(row)\n")
      #expect(try table.advance())
      for _ in 0..<2 {
        #expect((0..<3).map { fieldText(table.key($0)) } == ["TP53", "7157", "1"])
        #expect(table.text(1) == "7157")
      }
    }
  }

  @Test("agrees with each field's own number, for random rows", arguments: 0..<200)
  func random(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let words = ["", "NA", "1", "-2.5", "3e2", "0.000123", "\"4\"", " 5", "null", "123456789.125"]
    let columns = Int.random(in: 1..<9, using: &random)
    var text = "id" + (0..<columns).map { ",c\($0)" }.joined() + "\n"
    for row in 0..<20 {
      text += "r\(row)" + (0..<columns).map { _ in "," + (words.randomElement(using: &random) ?? "") }.joined() + "\n"
    }
    let table = try table(text)
    while try table.advance() {
      let first = Int.random(in: 1...columns, using: &random)
      let fields = try (first...columns).map { Float(try table.number($0)) }
      #expect(try numbers(table, from: first).map(\.bitPattern) == fields.map(\.bitPattern))
    }
  }
}
