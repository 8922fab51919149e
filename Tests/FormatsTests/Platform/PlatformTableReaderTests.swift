import TestSupport
import Testing

@testable import Formats

@Suite("PlatformTableReader") struct PlatformTableReaderTests {
  private func open(_ name: String) throws -> PlatformTableReader {
    try PlatformTableReader(MemorySource(Fixture.bytes("platform/\(name)"), piece: 9), path: name)
  }

  private func rows(_ reader: PlatformTableReader) throws -> [[String]] {
    var rows: [[String]] = []
    while try reader.table.advance() { rows.append(reader.table.header.indices.map { reader.table.text($0) }) }
    return rows
  }

  @Test("reads an .annot file, its quotes as they stand, and pads short rows")
  func annotation() throws {
    let reader = try open("small.annot")
    #expect(reader.accession == "GPL97")
    #expect(reader.table.header == ["ID", "Gene title", "Gene symbol", "Gene ID"])
    #expect(
      try rows(reader) == [
        ["1007_s_at", "discoidin \"domain\"", "DDR1///MIR4640", "780///100616237"],
        ["1053_at", "\"replication", "RFC2", "5982"], ["117_at", "", "", ""],
      ])
  }

  @Test("reads a platform of SOFT in Latin-1 with CR LF, and no further than its table")
  func soft() throws {
    let reader = try open("soft.txt")
    #expect(reader.accession == "GPL96")
    #expect(try rows(reader) == [["1007_s_at", "DDR1"]])
  }

  @Test("reads a file that begins with its table")
  func tableFirst() throws {
    let text = "!platform_table_begin\nID\tx\np\t1\n!platform_table_end\n"
    let reader = try PlatformTableReader(MemorySource(text), path: "table")
    #expect(reader.accession == "")
    #expect(try rows(reader) == [["p", "1"]])
  }

  @Test(
    "refuses what is no platform table, or cut, and says where",
    arguments: [
      ("no-end.annot", FormatError.Kind.truncated, "no-end.annot:11", "the table ends without the line that closes it"),
      ("no-table.annot", .missing, "no-table.annot:6", "there is no !platform_table_begin"),
      ("long-row.annot", .malformed, "long-row.annot:10", "this row has 5 fields, the header 4"),
      ("bare.txt", .wrongFormat, "bare.txt:1", "this is no .annot file and no SOFT platform"),
    ])
  func bad(_ name: String, kind: FormatError.Kind, place: String, cause: String) throws {
    let error = try #require(throws: FormatError.self) { _ = try rows(open(name)) }
    #expect(error.kind == kind)
    #expect(error.place?.description == place)
    #expect(error.cause == cause)
  }

  @Test("refuses an empty file")
  func empty() throws {
    let error = try #require(throws: FormatError.self) { try PlatformTableReader(MemorySource(""), path: "x") }
    #expect(error.kind == .truncated)
  }

  @Test("never crashes on mutated files, and throws nothing but its own error")
  func mutated() throws {
    var random = SeededGenerator(seed: 11)
    let seeds = [try Fixture.bytes("platform/small.annot"), try Fixture.bytes("platform/soft.txt")]
    for index in 0..<1000 {
      let bytes = mutate(seeds[index % 2], using: &random)
      do { _ = try rows(PlatformTableReader(MemorySource(bytes), path: "x")) } catch is FormatError {}
    }
  }

  // MARK: Real files

  private func shared(_ name: String) throws -> PlatformTableReader {
    let path = SharedData.data("geo/platform/\(name)")
    return try PlatformTableReader(GzipSource(FileSource(path), path: path), path: path)
  }

  @Test("reads GPL96 of GEO", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func gpl96() throws {
    let reader = try shared("GPL96.txt.gz")
    #expect(reader.accession == "GPL96")
    #expect(reader.table.header.count == 16)
    let entrez = try reader.table.column("ENTREZ_GENE_ID")
    var found: [String: String] = [:]
    while try reader.table.advance() { found[reader.table.text(0)] = reader.table.text(entrez) }
    #expect(reader.table.rows == 22_283)
    #expect(found["1053_at"] == "5982")
    #expect(found["AFFX-TrpnX-M_at"] == "")
  }

  @Test("reads GPL97's .annot file of GEO", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func gpl97() throws {
    let reader = try shared("GPL97.annot.gz")
    #expect(reader.accession == "GPL97")
    #expect(reader.table.header.count == 21)
    #expect(reader.table.header.filter { $0 == "GO:Function" }.count == 2)
    let symbol = try reader.table.column("Gene symbol")
    var found: [String: String] = [:]
    while try reader.table.advance() { found[reader.table.text(0)] = reader.table.text(symbol) }
    #expect(reader.table.rows == 22_645)
    #expect(found["200000_s_at"] == "PRPF8")
  }
}
