import Testing

@testable import Formats

/// A source over bytes in memory that gives them in pieces of `piece` bytes.
final class MemorySource: ByteSource {
  private var rest: ArraySlice<UInt8>
  private let piece: Int

  init(_ bytes: [UInt8], piece: Int = .max) {
    rest = bytes[...]
    self.piece = piece
  }

  convenience init(_ text: String, piece: Int = .max) { self.init(Array(text.utf8), piece: piece) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, piece, rest.count)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
}

@Suite("TableReader") struct TableReaderTests {
  private func rows(_ text: String, options: TableOptions = TableOptions()) throws -> [[String]] {
    let table = try TableReader(MemorySource(text, piece: 3), path: "table", options: options)
    var rows = [table.header]
    while try table.advance() { rows.append(table.header.indices.map { table.text($0) }) }
    return rows
  }

  @Test("reads fields, whatever the line end", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(_ end: String) throws {
    #expect(try rows(["a,b", "1,2", "3,4"].joined(separator: end)) == [["a", "b"], ["1", "2"], ["3", "4"]])
    #expect(try rows(["a,b", "1,2", ""].joined(separator: end)) == [["a", "b"], ["1", "2"]])
  }

  @Test("keeps delimiters, doubled quotes and line breaks inside quotes")
  func quotes() throws {
    #expect(try rows("a,b\n\"x, y\",\"say \"\"so\"\"\nnow\"\n") == [["a", "b"], ["x, y", "say \"so\"\nnow"]])
  }

  @Test("gives the row names of an R table their own column")
  func rowNames() throws {
    #expect(try rows("a\tb\nr1\t1\t2\n") == [["", "a", "b"], ["r1", "1", "2"]])
  }

  @Test("refuses a row with a field missing and names its line")
  func shortRow() throws {
    let error = try #require(throws: FormatError.self) { try rows("a,b,c\n1,2,3\n4,5\n") }
    #expect(error.place?.description == "table:3")
    #expect(error.cause == "this row has 2 fields, the header 3")
  }
}
