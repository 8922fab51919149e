import Foundation
import HDF5
import Problems
import TestSupport
import Testing

@testable import Formats

@Suite("GCT text")
struct GCTReaderTests {
  static let good =
    "#1.3\n2\t3\t1\t2\nid\tsymbol\tc1\tc2\tc3\ncell\tna\tA375\t-666\tMCF7\ndose\tna\t10\t0.5\tNA\n"
    + "r1\tTP53\t1.5\t-666\t-2\nr2\tna\t\tNaN\t1e-3\n"

  private func read(_ text: String) throws -> (reader: GCTReader, rows: [GCTReader.Row], values: [Float]) {
    let reader = try GCTReader(MemorySource(text, piece: 5), path: "x.gct")
    var rows: [GCTReader.Row] = []
    var values: [Float] = []
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: reader.columnIDs.count)
    defer { buffer.deallocate() }
    while let row = try reader.next(into: buffer) {
      rows.append(row)
      values += buffer
    }
    return (reader, rows, values)
  }

  @Test("reads metadata, values and the ways to write a missing one", arguments: ["\n", "\r\n", "\r"])
  func version3(lineEnd: String) throws {
    let (reader, rows, values) = try read(Self.good.replacing("\n", with: lineEnd))
    #expect(reader.minorVersion == 3 && reader.rowCount == 2)
    #expect(reader.columnIDs == ["c1", "c2", "c3"] && reader.rowFields == ["symbol"])
    #expect(
      reader.columnFields == [
        GCTField(name: "cell", values: ["A375", "", "MCF7"]), GCTField(name: "dose", values: ["10", "0.5", ""]),
      ])
    #expect(rows == [.init(id: "r1", fields: ["TP53"], line: 6), .init(id: "r2", fields: [""], line: 7)])
    #expect(values.map { $0.isNaN ? 999 : $0 } == [1.5, 999, -2, 999, 999, 1e-3])
  }

  @Test("reads version 1.2 with the tabs that spreadsheets leave behind")
  func version2() throws {
    let (reader, rows, values) = try read(
      "#1.2\t\t\t\n2\t2\t\t\nName\tDescription\tc1\tc2\nr1\tTP53\t1\t2\t\t\nr2\t\t3\t4\n\t\t\t\n\n")
    #expect(reader.rowFields == ["Description"] && reader.columnFields.isEmpty)
    #expect(rows.map(\.fields) == [["TP53"], [""]] && values == [1, 2, 3, 4])
  }

  @Test("reads a matrix without row fields or columns")
  func narrow() throws {
    #expect(try read("#1.3\n1\t1\t0\t0\nid\tc\nr\t5\n").values == [5])
    #expect(try read("#1.3\n1\t0\t1\t0\nid\tf\nr\tx\n").rows.map(\.fields) == [["x"]])
  }

  @Test(
    "bad files are errors with their place",
    arguments: [
      (good.replacing("#1.3", with: "#1.4"), .wrongFormat, "x.gct:1: "), ("", .truncated, "x.gct: "),
      ("#1.3\n", .truncated, "x.gct:1: "), ("#1.3\n1\tx\t0\t0\n", .malformed, "x.gct:2:2: "),
      ("#1.3\n1\t2\n", .malformed, "x.gct:2: "), ("#1.3\n1\t99999999999\t0\t0\n", .malformed, "x.gct:2:2: "),
      (good.replacing("2\t3\t1", with: "2\t4\t1"), .malformed, "x.gct:3: "),
      (good.replacing("2\t3\t1", with: "2\t2\t1"), .malformed, "x.gct:3: "),
      (good.replacing("2\t3\t1", with: "3\t3\t1"), .truncated, "x.gct:7: "),
      (good.replacing("2\t3\t1", with: "1\t3\t1"), .malformed, "x.gct:7: "),
      (good.replacing("\t-2\n", with: "\n"), .malformed, "x.gct:6: "),
      (good.replacing("\t-2\n", with: "\t-2\t7\n"), .malformed, "x.gct:6: "),
      (good.replacing("1e-3", with: "abc"), .malformed, "x.gct:7:c3: "),
      (good.replacing("\tMCF7", with: ""), .malformed, "x.gct:4: "),
    ] as [(String, FormatError.Kind, String)])
  func bad(text: String, kind: FormatError.Kind, place: String) throws {
    let error = try #require(throws: FormatError.self) { try read(text) }
    #expect(error.kind == kind && error.description.hasPrefix(place), "\(error)")
  }

  @Test("damaged text throws and never crashes")
  func damaged() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let bytes = mutate([Self.good], using: &generator)
      do {
        let reader = try GCTReader(MemorySource(bytes), path: "x")
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: reader.columnIDs.count)
        defer { buffer.deallocate() }
        while try reader.next(into: buffer) != nil {}
      } catch is FormatError {}
    }
  }

  @Test("writes what it reads")
  func roundTrip() throws {
    let (reader, rows, values) = try read(Self.good)
    let folder = try TemporaryFolder()
    let path = folder.file("a.gct.gz")
    let writer = try GCTWriter(
      GzipSink(FileSink(path)), rowCount: 2, columnIDs: reader.columnIDs, rowFields: reader.rowFields,
      columnFields: reader.columnFields)
    for (index, row) in rows.enumerated() {
      try values[(index * 3)..<(index * 3 + 3)].withUnsafeBufferPointer {
        try writer.write(id: row.id, fields: row.fields, values: $0)
      }
    }
    try writer.finish()
    guard case .text(let again) = try GCTDocument.open(path: path) else { throw FormatError(.wrongFormat, at: nil, "") }
    #expect(again.columnFields == reader.columnFields && again.columnIDs == reader.columnIDs)
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 3)
    defer { buffer.deallocate() }
    for index in 0..<2 {
      let row = try #require(try again.next(into: buffer))
      #expect(row.id == rows[index].id && row.fields == rows[index].fields)
      #expect(
        buffer.map(\.bitPattern)
          == values[(index * 3)..<(index * 3 + 3)].map { $0.isNaN ? Float.nan : $0 }.map(\.bitPattern))
    }
    #expect(try again.next(into: buffer) == nil)
  }

  @Test("an id with a tab is not written")
  func tabs() throws {
    let folder = try TemporaryFolder()
    let sink = try FileSink(folder.file("a.gct"))
    #expect(throws: FormatError.self) {
      try GCTWriter(sink, rowCount: 0, columnIDs: ["a\tb"], rowFields: [], columnFields: [])
    }
  }

  @Test(
    "reads the L1000 panel, and as text the one that is misnamed .gctx",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"), arguments: ["test_l1000.gct.gz", "test_l1000.gctx"])
  func panel(name: String) throws {
    guard case .text(let reader) = try GCTDocument.open(path: SharedData.data("lincs/cmappy/\(name)")) else {
      throw FormatError(.wrongFormat, at: nil, name)
    }
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 377)
    defer { buffer.deallocate() }
    var rows = 0
    while try reader.next(into: buffer) != nil { rows += 1 }
    #expect(rows == 978 && reader.rowFields.count == 11)
  }
}

@Suite("GCTX")
struct GCTXTests {
  @Test("reads ids, fields of text and numbers, and rows in any order, with missing values as NaN")
  func mini() throws {
    let reader = try GCTXReader(path: Fixture.path("GCT/mini.gctx"))
    #expect(reader.rowIDs == ["r1", "row2"] && reader.columnIDs == ["c1", "c2", "c3"])
    #expect(reader.rowFields == ["pr_gene_id"] && reader.columnFields == ["cell", "dose"])
    #expect(try reader.rowField("pr_gene_id").values == ["5720", "55847"])
    #expect(try reader.columnField("dose").values == ["10", "0.5", ""])
    #expect(try reader.columnField("cell").values == ["A375", "", ""])
    let all = try reader.floats(rows: [1, 0, 1], columns: 0..<3)
    #expect(all.map { $0.isNaN ? 999 : $0 } == [2, 999, -6, 1, 999, 0.5, 2, 999, -6])
    #expect(try reader.floats(rows: [0], columns: 2..<3) == [0.5])
    #expect(try reader.floats(rows: [], columns: 0..<3).isEmpty)
    #expect(throws: HDF5Error.self) { try reader.rowField("none") }
  }

  @Test("a matrix that does not fit its ids, and HDF5 of another layout, are errors")
  func bad() throws {
    let shape = try #require(throws: FormatError.self) { try GCTXReader(path: Fixture.path("GCT/bad-shape.gctx")) }
    #expect(shape.kind == .malformed && shape.place?.object == "/0/DATA/0/matrix")
    let layout = try #require(throws: FormatError.self) { try GCTXReader(path: Fixture.path("GCT/other.gctx")) }
    #expect(layout.kind == .wrongFormat)
  }

  @Test("text, gzip and HDF5 are told apart by content, whatever the name")
  func content() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.gctx")
    try Data(GCTReaderTests.good.utf8).write(to: URL(fileURLWithPath: path))
    guard case .text = try GCTDocument.open(path: path) else { throw FormatError(.wrongFormat, at: nil, "text") }
    guard case .binary = try GCTDocument.open(path: Fixture.path("GCT/mini.gctx")) else {
      throw FormatError(.wrongFormat, at: nil, "binary")
    }
    try Data("gene,S1\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try #require(throws: FormatError.self) { try GCTDocument.open(path: path) }.kind == .wrongFormat)
  }

  @Test("writes what it reads, in equal bytes each time")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let values: [Float] = [1, 2, .nan, -4, 0.5, 6]
    func write(_ path: String) throws {
      let writer = try GCTXWriter(
        path: path, rowIDs: ["g1", "g2"], columnIDs: ["é", "b", ""],
        rowFields: [GCTField(name: "symbol", values: ["TP53", ""])],
        columnFields: [GCTField(name: "tissue", values: ["lung", "colon", "x"])], source: "test")
      try values[..<4].withUnsafeBufferPointer { try writer.write(columns: $0) }
      try values[4...].withUnsafeBufferPointer { try writer.write(columns: $0) }
      try writer.finish()
    }
    try write(folder.file("a.gctx"))
    try write(folder.file("b.gctx"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file("a.gctx")))
    #expect(try bytes == Data(contentsOf: URL(fileURLWithPath: folder.file("b.gctx"))))
    let reader = try GCTXReader(path: folder.file("a.gctx"))
    #expect(reader.columnIDs == ["é", "b", ""] && reader.rowIDs == ["g1", "g2"])
    #expect(try reader.rowField("symbol").values == ["TP53", ""])
    let read = try reader.floats(rows: [0, 1], columns: 0..<3)
    #expect(read.map { $0.isNaN ? 999 : $0 } == [1, 999, 0.5, 2, -4, 6])
    let root = try HDF5File.open(folder.file("a.gctx")).root
    #expect(try root.attributes.string("version") == "GCTX1.0" && root.attributes.string("src") == "test")
    #expect(try root.dataset("0/META/ROW/symbol").element == .fixedString(bytes: 4, isUTF8: false))
  }

  @Test(
    "reads the high-precision L1000 panel", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func panel() throws {
    let reader = try GCTXReader(path: SharedData.data("lincs/cmappy/test_l1000_highprecision.gctx"))
    #expect(reader.rowIDs.count == 978 && reader.columnIDs.count == 377)
    #expect(try reader.rowField("pr_gene_symbol").values[0] == "PSME1")
    let rows = try reader.floats(rows: [977, 0], columns: 0..<377)
    // h5py: matrix[:3, 0].
    #expect(rows[377..<380] == [0.3473286, 0.18512863, 0.5712286])
    #expect(try reader.floats(rows: Array(0..<978), columns: 0..<377).reduce(0.0) { $0 + Double($1) } - 326501.77 < 1)
  }
}
