import Cohorts
import Files
import Formats
import Foundation
import TestSupport
import Testing

@testable import Exchange

@Suite("Export of stores")
struct StoreExportTests {
  let folder: TemporaryFolder
  let store: String
  let cohort: Cohort

  init() throws {
    folder = try TemporaryFolder()
    store = folder.file("a.h5ad")
    cohort = ExampleCohort.make(samples: 7)
    try cohort.write(to: store)
  }

  private func text(_ export: StoreExport) throws -> String {
    let path = folder.file("out")
    _ = try export.write(store, to: .file(path))
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("numbers in text read back to the same bits", arguments: [ExportFormat.csv, .tsv], [false, true])
  func textRoundTrip(format: ExportFormat, genesAsRows: Bool) throws {
    let rows = parse(
      try text(StoreExport(.layer("aligned"), as: format, genesAsRows: genesAsRows)),
      delimiter: format == .csv ? "," : "\t")
    let values = try #require(cohort.layers["aligned"]).values
    let (names, header) =
      genesAsRows
      ? (cohort.genes.index, ["symbol"] + cohort.obs.index) : (cohort.obs.index, ["sample"] + cohort.genes.index)
    #expect(rows.first == header)
    #expect(rows.dropFirst().map { $0.first ?? "" } == names)
    for (r, row) in rows.dropFirst().enumerated() {
      for (c, field) in row.dropFirst().enumerated() {
        let (sample, gene) = genesAsRows ? (c, r) : (r, c)
        #expect(Float(field)?.bitPattern == values[sample * 3 + gene].bitPattern)
      }
    }
  }

  @Test("numbers are no longer than they must be")
  func shortest() throws {
    let fields = Set(parse(try text(StoreExport(.layer("aligned"), as: .csv)), delimiter: ",").flatMap(\.self))
    #expect(fields.isSuperset(of: ["0.1", "1e-07", "-0.0", "16777216.0", "3.4028235e+38", "1e-45", "0.33333334"]))
  }

  @Test("tables keep gaps empty and quote what needs it")
  func table() throws {
    let obs = try text(StoreExport(.obs, as: .csv))
    #expect(
      obs.hasPrefix(
        """
        sample,tissue,note,id,OS,OS.time
        S0,colon,plain,-2,1.0,30.5
        S1,,"a ""quoted"", one",-1,0.0,400.0
        S2,skin,,0,,12.0
        S3,colon,"two
        lines",1,1.0,
        S4,"lung, left",tab\there,2,0.0,7.0

        """))
    #expect(try text(StoreExport(.obs, as: .tsv)).contains("S4\tlung, left\t\"tab\there\"\t2"))
    #expect(
      try text(StoreExport(.genes, as: .tsv))
        == "symbol\tentrez\tmeasured\troute\nAARS1\t10\ttrue\talias\nABCB6\t11\tfalse\t\nABCC5\t12\ttrue\tentrez\n")
    #expect(
      try text(StoreExport(.responses, as: .csv)).hasPrefix(
        "response,sample,drug,value,unit,label,extrapolated\n0,S0,Erlotinib,-1.5,ln(uM),1,no\n"))
  }

  @Test("layers and embeddings are written in place of X")
  func others() throws {
    #expect(try text(StoreExport(.layer("aligned"), as: .csv)).contains("\nS0,0.0,-0.0,0.1\n"))
    #expect(try text(StoreExport(.x, as: .csv)).contains("\nS0,0.0,0.0,0.01980198\n"))
    #expect(
      try text(StoreExport(.obsm("X_therapi"), as: .csv)).hasPrefix(
        "sample,X_therapi-0,X_therapi-1\nS0,0.25,1.25\nS1,2.25,3.25\n"))
  }

  @Test("gzip holds the same bytes, and equal ones each time")
  func gzip() throws {
    let plain = try text(StoreExport(.x, as: .csv))
    for name in ["a.gz", "b.gz"] {
      _ = try StoreExport(.x, as: .csv, isCompressed: true).write(store, to: .file(folder.file(name)))
    }
    let file = try InputFile(folder.file("a.gz"))
    #expect(file.content == .gzip)
    let lines = LineReader(try file.source(), path: file.path)
    var unpacked = ""
    while let line = try lines.next() { unpacked += String(decoding: line, as: UTF8.self) + "\n" }
    #expect(unpacked == plain)
    #expect(try SHA256.hex(ofFile: folder.file("a.gz")) == SHA256.hex(ofFile: folder.file("b.gz")))
  }

  @Test("GCT holds both tables, with genes as rows")
  func gct() throws {
    let path = folder.file("a.gct")
    let summary = try StoreExport(.x, as: .gct).write(store, to: .file(path))
    #expect(summary == StoreExport.Summary(rows: 3, columns: 7, unmeasured: 1))
    guard case .text(let reader) = try GCTDocument.open(path: path) else {
      Issue.record("the file is no text")
      return
    }
    #expect(reader.columnIDs == cohort.obs.index)
    #expect(reader.rowFields == ["entrez", "measured", "route"])
    #expect(reader.columnFields.map(\.name) == ["tissue", "note", "id.1", "OS", "OS.time"])
    #expect(reader.columnFields[1].values[3] == "two lines")
    #expect(reader.columnFields[0].values[1] == "")
    var values = [Float](repeating: 0, count: 7)
    for gene in 0..<3 {
      let row = try values.withUnsafeMutableBufferPointer { try reader.next(into: $0) }
      #expect(row?.id == cohort.genes.index[gene])
      #expect(values.map(\.bitPattern) == (0..<7).map { cohort.x.values[$0 * 3 + gene].bitPattern })
    }
  }

  @Test("GCTX holds both tables, with samples as columns")
  func gctx() throws {
    let path = folder.file("a.gctx")
    _ = try StoreExport(.x, as: .gctx).write(store, to: .file(path))
    let reader = try GCTXReader(path: path)
    #expect(reader.columnIDs == cohort.obs.index && reader.rowIDs == cohort.genes.index)
    #expect(try reader.columnField("id.1").values == (0..<7).map { "\($0 - 2)" })
    #expect(try reader.rowField("measured").values == ["true", "false", "true"])
    #expect(
      try reader.floats(rows: [0, 1, 2], columns: 0..<7)
        == (0..<3).flatMap { gene in (0..<7).map { cohort.x.values[$0 * 3 + gene] } })
  }

  @Test("matrices larger than a block come out whole, either way round")
  func blocks() throws {
    let symbols = (0..<978).map { "G\($0)" }
    let large = ExampleCohort.make(samples: 700, symbols: symbols)
    try large.write(to: store)
    let path = folder.file("a.npy")
    _ = try StoreExport(.x, as: .npy).write(store, to: .file(path))
    let straight = try NPYArray(path: path)
    #expect(straight.shape == [700, 978] && straight.floats == large.x.values)
    _ = try StoreExport(.x, as: .npy, genesAsRows: true).write(store, to: .file(path))
    let turned = try NPYArray(path: path)
    #expect(turned.shape == [978, 700])
    var expected = [Float](repeating: 0, count: 700 * 978)
    for row in 0..<700 {
      for column in 0..<978 { expected[column * 700 + row] = large.x.values[row * 978 + column] }
    }
    #expect(turned.floats == expected)
    var columns: [Float] = []
    let matrix = try StoredMatrix(.x, in: CohortStore(store))
    try matrix.forEachColumn(blockBytes: 100_000) { _, values in columns.append(contentsOf: values) }
    #expect(columns == expected)
  }

  @Test("a store without samples gives a header and no rows")
  func empty() throws {
    try ExampleCohort.make(samples: 0).write(to: store)
    #expect(try text(StoreExport(.x, as: .csv)) == "sample,AARS1,ABCB6,ABCC5\n")
    _ = try StoreExport(.x, as: .npy).write(store, to: .file(folder.file("e.npy")))
    #expect(try NPYArray(path: folder.file("e.npy")).shape == [0, 3])
  }
}

/// Rows of delimited text with quotes (RFC 4180), read independently of the project's own reader.
private func parse(_ text: String, delimiter: Unicode.Scalar) -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var field = String.UnicodeScalarView()
  var isQuoted = false
  for scalar in text.unicodeScalars {
    if scalar == "\"" {
      isQuoted.toggle()
    } else if scalar == delimiter, !isQuoted {
      row.append(String(field))
      field.removeAll()
    } else if scalar == "\n", !isQuoted {
      rows.append(row + [String(field)])
      (row, field) = ([], String.UnicodeScalarView())
    } else {
      field.append(scalar)
    }
  }
  return rows
}
