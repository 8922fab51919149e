import TestSupport
import Testing

@testable import Formats

@Suite("SeriesMatrixReader") struct SeriesMatrixReaderTests {
  private func open(_ name: String) throws -> SeriesMatrixReader {
    try SeriesMatrixReader(MemorySource(Fixture.bytes("series-matrix/\(name).txt"), piece: 11), path: "GSE1.txt")
  }

  /// Every row's probe and its numbers, gaps as nil.
  private func rows(_ reader: SeriesMatrixReader) throws -> [(probe: String, values: [Float?])] {
    var rows: [(String, [Float?])] = []
    while try reader.table.advance() {
      let values = try withUnsafeTemporaryAllocation(of: Float.self, capacity: reader.samples.count) { values in
        try reader.table.numbers(from: 1, into: values)
        return values.map { $0.isNaN ? nil : $0 }
      }
      rows.append((reader.table.text(0), values))
    }
    return rows
  }

  @Test("reads what the series says, line breaks and quotes within quotes included")
  func series() throws {
    let reader = try open("ragged")
    #expect(reader.series["geo_accession"] == ["GSE1"])
    #expect(
      reader.series["summary"] == [
        "The first line\nand the second, with \"quotes\" in it", "A summary of its own",
      ])
    #expect(reader.series["overall_design"] == ["She said \"yes\" twice"])
  }

  @Test("reads each sample's characteristics under its own keys")
  func characteristics() throws {
    let samples = try open("ragged").samples
    #expect(samples.map(\.accession) == ["GSM1", "GSM2", "GSM3"])
    #expect(samples.map(\.title) == ["one", "two", "three"])
    #expect(samples.map(\.platform) == ["GPL570", "GPL96", "GPL570"])
    #expect(samples[0].characteristics.map(\.key) == ["tissue", "sex", "note"])
    #expect(samples[0].characteristics.map(\.value) == ["colon", "M", "10:30 h"])
    #expect(samples[1].characteristics.map(\.key) == ["tissue", "mmr.status", ""])
    #expect(samples[1].characteristics.map(\.value) == ["rectum", "dMMR", "untreated"])
    #expect(samples[2].characteristics.map(\.key) == ["Sex", "mmr.status"])
    #expect(samples[2].characteristics.map(\.value) == ["F", "pMMR"])
  }

  @Test("keeps line breaks and quotes in a sample's field, and joins repeated ones")
  func fields() throws {
    let samples = try open("ragged").samples
    #expect(samples.map { $0.fields["description"] } == ["first\nline\nmore", "a \"b\" c\nd", "\ne"])
  }

  @Test("reads every kind of gap in the table")
  func gaps() throws {
    let reader = try open("ragged")
    let rows = try rows(reader)
    #expect(rows.map(\.probe) == ["1007_s_at", "1053_at", "AFFX-x", "last"])
    #expect(rows.map(\.values) == [[1.5, nil, nil], [nil, -0.002, nil], [nil, nil, 7], [1, nil, nil]])
    #expect(reader.declaredRows == 4)
    try reader.checkRowCount()
  }

  @Test("reads Latin-1")
  func latin1() throws {
    let samples = try open("latin1").samples
    #expect(samples[0].title == "één")
    #expect(samples[0].characteristics.contains { $0 == (key: "tissue", value: "Darm ä") })
  }

  @Test(
    "reads a table without rows, and one of one row whose last line has no end", arguments: ["empty-table", "one-row"])
  func smallTables(_ name: String) throws {
    let reader = try open(name)
    #expect(reader.table.header == ["ID_REF", "GSM1", "GSM2", "GSM3"])
    #expect(try rows(reader).count == reader.declaredRows)
    try reader.checkRowCount()
  }

  @Test(
    "refuses a file that is cut or edited, and says where",
    arguments: [
      ("no-table", FormatError.Kind.truncated, "GSE1.txt:17", "there is no !series_matrix_table_begin"),
      ("no-end", .truncated, "GSE1.txt:23", "the table ends without the line that closes it"),
      ("cut-row", .malformed, "GSE1.txt:21", "this row has 2 fields, the header 4"),
      ("too-few-rows", .truncated, "GSE1.txt:22", "the table has 3 rows, !Sample_data_row_count says 4"),
      (
        "other-columns", .malformed, "GSE1.txt:19",
        "the table's columns are not the 3 samples of !Sample_geo_accession, in their order"
      ),
      (
        "uneven-line", .malformed, "GSE1.txt:12:!Sample_characteristics_ch1",
        "this line has 2 values, the lines before it 3"
      ),
      ("open-quote", .malformed, "GSE1.txt:6", "a quote that is opened here is never closed"),
      ("bare-table", .wrongFormat, "GSE1.txt:1", "a series matrix's lines start with '!' before its table"),
    ])
  func bad(_ name: String, kind: FormatError.Kind, place: String, cause: String) throws {
    let error = try #require(throws: FormatError.self) {
      let reader = try open(name)
      _ = try rows(reader)
      try reader.checkRowCount()
    }
    #expect(error.kind == kind)
    #expect(error.place?.description == place)
    #expect(error.cause == cause)
    #expect(error.remedy != nil)
  }

  @Test("refuses a gzip stream that is damaged behind the table's end mark")
  func damagedTrailer() throws {
    var bytes = try gzipped(Fixture.bytes("series-matrix/ragged.txt"))
    bytes[bytes.count - 8] ^= 1
    let damaged = bytes
    let error = try #require(throws: FormatError.self) {
      _ = try rows(SeriesMatrixReader(GzipSource(MemorySource(damaged), path: "GSE1.gz"), path: "GSE1.gz"))
    }
    #expect(error.cause == "the gzip stream's checksum does not match its content")
  }

  @Test("throws wherever the file is cut, gzipped or not")
  func everyCut() throws {
    let text = try Fixture.bytes("series-matrix/ragged.txt")
    let whole = try gzipped(text)
    for count in 0..<whole.count {
      #expect(throws: FormatError.self) {
        let source = GzipSource(MemorySource(Array(whole[..<count])), path: "GSE1.gz")
        _ = try rows(SeriesMatrixReader(source, path: "GSE1.gz"))
      }
    }
    // The file's last byte is the end of its last line, which may be missing.
    for count in 0..<text.count - 1 {
      #expect(throws: FormatError.self, "cut at \(count)") {
        _ = try rows(SeriesMatrixReader(MemorySource(Array(text[..<count])), path: "GSE1.txt"))
      }
    }
  }

  @Test("never crashes on mutated files, and throws nothing but its own error", arguments: 0..<4)
  func mutated(_ part: UInt64) throws {
    var random = SeededGenerator(seed: part)
    let whole = try Fixture.bytes("series-matrix/ragged.txt")
    for _ in 0..<500 {
      let bytes = mutate(whole, using: &random)
      do {
        let reader = try SeriesMatrixReader(MemorySource(bytes), path: "GSE1.txt")
        _ = try rows(reader)
        try reader.checkRowCount()
      } catch is FormatError {}
    }
  }

  // MARK: Real files

  private func shared(_ name: String) throws -> SeriesMatrixReader {
    let path = SharedData.data("geo/series_matrix/\(name)_series_matrix.txt.gz")
    return try SeriesMatrixReader(GzipSource(FileSource(path), path: path), path: path)
  }

  @Test("reads GSE26471 of GEO", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func gse26471() throws {
    let reader = try shared("GSE26471")
    #expect(reader.series["title"] == ["HeLa gene expression profile"])
    #expect(reader.samples.map(\.accession) == ["GSM650992"])
    #expect(reader.samples[0].characteristics.map(\.key) == ["cell line"])
    #expect(reader.samples[0].characteristics.map(\.value) == ["HeLa (ATCC CCL-2)"])
    let rows = try rows(reader)
    #expect(rows.count == 54_675)
    try reader.checkRowCount()
    // As zcat and sed print them.
    let values = Dictionary(uniqueKeysWithValues: rows.map { ($0.probe, $0.values) })
    #expect(values["1007_s_at"] == [433.901])
    #expect(values["117_at"] == [38.0391])
    #expect(values["220647_s_at"] == [1329.14])
    #expect(values["AFFX-TrpnX-M_at"] == [4.06012])
  }

  @Test("reads GSE99709 of GEO, whose table is empty", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func gse99709() throws {
    let reader = try shared("GSE99709")
    #expect(reader.samples.count == 12)
    #expect(reader.samples[11].accession == "GSM2650760")
    #expect(Set(reader.samples.map(\.platform)) == ["GPL17021"])
    #expect(try rows(reader).isEmpty)
    #expect(reader.declaredRows == 0)
    try reader.checkRowCount()
  }
}
