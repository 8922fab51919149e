import Formats
import Genes
import TestSupport
import Testing

@testable import Sources

@Suite("Layouts with a sample a row")
struct SampleRowLayoutTests {
  private func open(
    _ layout: ExpressionLayout, _ name: String, _ change: (inout MatrixOptions) throws -> Void = { _ in }
  ) throws -> ExpressionSource {
    var options = MatrixOptions()
    try change(&options)
    return try layout.open(Fixture.open(name), options: options)
  }

  private let depMapRows = [
    MatrixRow("ACH-001113", [4.331992, 0], line: 2), MatrixRow("ACH-001289", [4.566815, 0.584963], line: 3),
  ]

  @Test("DepMap's older files start with the model, newer ones name it among other columns", arguments: ["old", "new"])
  func depMap(age: String) throws {
    let source = try open(.depMap, "depmap-\(age).csv")
    guard case .sampleRows(let rows) = source else {
      Issue.record("a sample a row")
      return
    }
    #expect(
      rows.genes == [
        [GeneIdentifier(.symbolWithEntrez, "AKT1 (207)")], [GeneIdentifier(.symbolWithEntrez, "ALDOA (226)")],
      ])
    #expect(try source.all() == depMapRows)
  }

  @Test("any table: a column names the samples, another is ignored, the delimiter is found")
  func sampleRows() throws {
    let source = try open(.sampleRows, "sample-rows.csv") {
      $0.sampleColumn = "id"
      $0.ignoredColumns = ["batch"]
      $0.identifierKind = .entrez
    }
    #expect(source.columnNames == ["207", "226"])
    #expect(try source.all() == [MatrixRow("S1", [5.5, 0], line: 2), MatrixRow("S2", [nil, 7], line: 3)])
  }

  @Test("some genes alone are read, in their order")
  func someGenes() throws {
    guard case .sampleRows(let rows) = try open(.depMap, "depmap-new.csv") else {
      Issue.record("a sample a row")
      return
    }
    var values: [Float] = [0]
    #expect(try rows.advance())
    try values.withUnsafeMutableBufferPointer { try rows.values(of: [1], into: $0) }
    #expect(values == [0])
    #expect(try rows.advance())
    try values.withUnsafeMutableBufferPointer { try rows.values(of: [1], into: $0) }
    #expect(values == [0.584963])
  }

  @Test("a sample column that is not there is an error, and so is a table without genes")
  func badColumns() throws {
    let error = try #require(throws: FormatError.self) {
      try open(.sampleRows, "sample-rows.csv") { $0.sampleColumn = "sample" }
    }
    #expect(error.kind == .missing && error.place?.field == "sample")
    let none = try #require(throws: SourceError.self) { try open(.depMap, "sample-rows.csv") }
    #expect(none.kind == .wrongLayout && none.cause.contains("no columns of genes"))
  }

  @Test("GCTX gives the samples' values and fields, beyond the block of samples that it reads at a time")
  func gctx() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.gctx")
    let samples = (0..<150).map { "s\($0)" }
    let writer = try GCTXWriter(
      path: path, rowIDs: ["218159_at", "x"], columnIDs: samples,
      rowFields: [
        GCTField(name: "pr_gene_id", values: ["207", "226"]), GCTField(name: "pr_gene_symbol", values: ["AKT1", ""]),
      ],
      columnFields: [GCTField(name: "cell_id", values: samples.map { "cell of \($0)" })])
    var values = (0..<300).map(Float.init)
    values[5] = -666
    try values.withUnsafeBufferPointer { try writer.write(columns: $0) }
    try writer.finish()
    let source = try ExpressionLayout.gctx.open(InputFile(path), options: MatrixOptions())
    #expect(source.columnNames == ["207|AKT1", "226|"])
    #expect(source.sampleFields["cell_id"]?.last == "cell of s149")
    let rows = try source.all()
    #expect(rows.map(\.name) == samples)
    #expect(rows[2].values == [4, nil] && rows[63].values == [126, 127] && rows[64].values == [128, 129])
    #expect(rows[149].values == [298, 299])
  }

  @Test("a GCT text named .gctx is told apart, and so is HDF5 named .gct", arguments: [ExpressionLayout.gctx, .gct])
  func misnamed(layout: ExpressionLayout) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.gctx")
    let writer = try GCTXWriter(path: path, rowIDs: ["a"], columnIDs: ["s"], rowFields: [], columnFields: [])
    try [Float(1)].withUnsafeBufferPointer { try writer.write(columns: $0) }
    try writer.finish()
    let input = layout == .gctx ? try Fixture.open("mini.gct") : try InputFile(path)
    let error = try #require(throws: SourceError.self) { try layout.open(input, options: MatrixOptions()) }
    let other = layout == .gctx ? "gct" : "gctx"
    #expect(error.kind == .wrongLayout && error.remedy?.contains("layout \(other)") == true, "\(error)")
  }

  @Test("vectors of PyTorch by sample take the genes' names from a list")
  func torchVectors() throws {
    let source = try open(.torchVectors, "vectors.pkl") { $0.geneList = try Fixture.open("genes-of-vectors.txt") }
    #expect(source.columnNames == ["AKT1", "NOT_A_GENE", "ALDOA"])
    #expect(try source.all() == [MatrixRow("CAL120", [0.5, -1.25, 2]), MatrixRow("DMS114", [-0.5, 1.25, -2])])
  }

  @Test("vectors without a list, with another's list, or that are none are errors")
  func badVectors() throws {
    let noList = try #require(throws: SourceError.self) { try open(.torchVectors, "vectors.pkl") }
    #expect(noList.kind == .missing && noList.remedy?.contains("gene-list") == true)
    let wrongList = try #require(throws: SourceError.self) {
      try open(.torchVectors, "vectors.pkl") { $0.geneList = try Fixture.open("geneinfo_beta.txt") }.all()
    }
    #expect(wrongList.kind == .inconsistent && wrongList.place?.object == "CAL120")
    let none = try #require(throws: SourceError.self) {
      try open(.torchVectors, "not-vectors.pkl") { $0.geneList = try Fixture.open("genes-of-vectors.txt") }
    }
    #expect(none.kind == .wrongLayout)
    let text = try #require(throws: SourceError.self) { try open(.torchVectors, "xena.tsv") }
    #expect(text.kind == .wrongLayout && text.cause.contains("text"))
  }
}
