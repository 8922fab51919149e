import Genes
import Testing

@testable import Formats
@testable import Sources

@Suite("Layouts with a gene a row")
struct GeneRowLayoutTests {
  private func open(
    _ layout: ExpressionLayout, _ name: String, _ change: (inout MatrixOptions) -> Void = { _ in }
  ) throws -> ExpressionSource {
    var options = MatrixOptions()
    change(&options)
    return try layout.open(Fixture.open(name), options: options)
  }

  @Test("Xena's table has one column of identifiers and no quoting")
  func xena() throws {
    let source = try open(.xena, "xena.tsv") { $0.identifierKind = .ensembl }
    #expect(source.columnNames == ["TCGA-AA-0001-01", "TCGA-AA-0002-01"])
    #expect(
      try source.all() == [
        MatrixRow("ENSG00000142208.15", [-9.9658, 3.25], line: 2),
        MatrixRow("ENSG00000999999.1 \"x", [1, nil], line: 3), MatrixRow("ENSG00000149925.16", [nil, 10.5], line: 4),
      ])
  }

  @Test("cBioPortal's table names a gene by Entrez id and symbol, the symbol may be blank")
  func cBioPortal() throws {
    let source = try open(.cBioPortal, "cbioportal.txt")
    #expect(source.columnNames == ["TCGA-AA-0001-01", "TCGA-AA-0002-01"])
    #expect(
      try source.all() == [
        MatrixRow("100130426|", [0, 1.5], line: 3), MatrixRow("207|AKT1", [1200.5, -0.25], line: 4),
        MatrixRow("-1|UNKNOWN", [nil, 4], line: 5),
      ])
  }

  @Test("cBioPortal's table may have one of the two columns alone, but not neither")
  func cBioPortalColumns() throws {
    #expect(try open(.cBioPortal, "cbioportal-hugo.txt").all() == [MatrixRow("AKT1", [12], line: 2)])
    let error = try #require(throws: FormatError.self) { try open(.cBioPortal, "xena.tsv") }
    #expect(error.kind == .missing && error.place?.field == "Hugo_Symbol" && error.place?.line == 1)
  }

  @Test("GDSC's RMA table names samples by COSMIC id, repeats told apart, and keeps blank symbols")
  func gdscRMA() throws {
    let source = try open(.gdscRMA, "gdsc-rma.txt")
    #expect(source.columnNames == ["906826", "687983", "905933", "905933.1"])
    #expect(
      try source.all() == [
        MatrixRow("AKT1", [7.63, 7.55, 7.71, 7.70], line: 2), MatrixRow("", [2.5, 2.75, 3, 3.25], line: 3),
      ])
  }

  @Test("the Passports' table has rows on the models, each model as often as it was sequenced")
  func passports() throws {
    let source = try open(.cellModelPassports, "passports.csv")
    #expect(source.columnNames == ["SIDM01313", "SIDM00424", "SIDM00424"])
    #expect(source.sampleFields["model_name"] == ["Hs-695T", "AU565", "AU565"])
    #expect(source.sampleFields["data_source"] == ["sanger", "sanger", "broad"])
    #expect(source.sampleFields["model_id"] == source.columnNames)
    #expect(source.sampleFields["gene_id"] == nil)
    #expect(
      try source.all() == [
        MatrixRow("A1BG", [0.35, 0.26, 0.31], line: 6), MatrixRow("AKT1", [45.25, 80.5, nil], line: 7),
      ])
  }

  @Test("a Passports table without genes, and another table under that layout, are refused")
  func badPassports() throws {
    let cut = try #require(throws: SourceError.self) { try open(.cellModelPassports, "passports-cut.csv") }
    #expect(cut.kind == .wrongLayout && cut.cause.contains("SIDG"))
    let other = try #require(throws: SourceError.self) { try open(.cellModelPassports, "xena.tsv") }
    #expect(other.place?.line == 1 && other.cause.contains("'sample'"))
  }

  @Test("a series matrix gives its table, the samples' records and each sample's own characteristics")
  func seriesMatrix() throws {
    let source = try open(.seriesMatrix, "GSE0_series_matrix.txt") { $0.identifierKind = .probe }
    #expect(source.columnNames == ["GSM1", "GSM2"])
    let fields = source.sampleFields
    #expect(fields["title"] == ["ISPY2_1", "ISPY2_2"] && fields["platform_id"] == ["GPL570", "GPL570"])
    #expect(
      fields["mmr.status"] == ["pMMR", ""] && fields["pcr"] == ["0", "1"] && fields["age"] == ["", "61: years"])
    #expect(fields["description"] == ["first\nsecond", "eins\nzwei"])
    #expect(
      try source.all().map(\.name) == ["1007_s_at", "AFFX-BioB-5_at"])
    let values = try open(.seriesMatrix, "GSE0_series_matrix.txt").all().map(\.values)
    #expect(values == [[10.5, nil], [3, 4]])
  }

  @Test("of a sample's characteristics that differ in case alone, the first counts under each of their names")
  func characteristicsByCase() {
    var samples = [SeriesMatrixReader.Sample](repeating: .init(), count: 3)
    samples[0].characteristics = [(key: "Sex", value: "f"), (key: "sex", value: "m"), (key: "", value: "untreated")]
    samples[1].characteristics = [(key: "SEX", value: "m"), (key: "age", value: "61")]
    samples[2].fields["age"] = "unknown"
    let columns = samples.fieldColumns
    for key in ["Sex", "sex", "SEX"] { #expect(columns[key] == ["f", "m", ""]) }
    #expect(columns["age"] == ["", "61", ""])
    #expect(Set(columns.keys) == ["geo_accession", "title", "platform_id", "Sex", "sex", "SEX", "age"])
  }

  @Test("a series matrix shorter than it says is an error, one without expression another")
  func shortSeriesMatrix() throws {
    let short = try #require(throws: FormatError.self) {
      try open(.seriesMatrix, "GSE0-short_series_matrix.txt").all()
    }
    #expect(short.kind == .truncated && short.cause.contains("1 rows") && short.cause.contains("9"))
    let empty = try #require(throws: SourceError.self) { try open(.seriesMatrix, "GSE0-empty_series_matrix.txt") }
    #expect(empty.kind == .wrongLayout && empty.remedy?.contains("supplementary") == true)
  }

  @Test("a GCT names its genes by LINCS' metadata, by the id where a kind is declared or there are none")
  func gct() throws {
    let source = try open(.gct, "mini.gct")
    #expect(source.sampleFields["cell_id"] == ["A375", ""])
    #expect(
      try source.all() == [MatrixRow("207|AKT1", [1.5, nil], line: 5), MatrixRow("226|ALDOA", [nil, 2], line: 6)])
    let byID = try open(.gct, "mini.gct") { $0.identifierKind = .probe }
    #expect(try byID.all().map(\.name) == ["218159_at", "200966_x_at"])
    #expect(try open(.gct, "plain.gct").all() == [MatrixRow("AKT1", [1.5, 2.5], line: 4)])
  }

  @Test("any table: several columns name the gene, others are ignored, the rest are samples")
  func geneRows() throws {
    let source = try open(.geneRows, "gene-rows.tsv") {
      $0.geneColumns = [("gene_id", .ensembl), ("gene_name", nil)]
      $0.ignoredColumns = ["chrom"]
    }
    #expect(source.columnNames == ["S1", "S2", "S3"])
    #expect(try source.all() == [MatrixRow("ENSG00000142208|AKT1", [1, 2, 3], line: 2)])
    guard case .geneRows(let rows) = try open(.geneRows, "gene-rows.tsv", { $0.geneColumns = [("gene_id", .ensembl)] })
    else {
      Issue.record("a table with a gene a row")
      return
    }
    #expect(rows.samples == ["chrom", "S1", "S2", "gene_name", "S3"])
    #expect(try rows.advance() && rows.identifiers == [GeneIdentifier(.ensembl, "ENSG00000142208")])
  }

  @Test("a column that is named but not there is an error that lists the columns")
  func missingColumns() throws {
    for change: (inout MatrixOptions) -> Void in [
      { $0.geneColumns = [("ensembl", .ensembl)] }, { $0.ignoredColumns = ["ensembl"] },
    ] {
      let error = try #require(throws: FormatError.self) { try open(.geneRows, "gene-rows.tsv", change) }
      #expect(error.kind == .missing && error.place?.field == "ensembl" && error.remedy?.contains("'gene_id'") == true)
    }
  }

  @Test("a table with nothing but identifiers holds no samples")
  func noSamples() throws {
    let error = try #require(throws: SourceError.self) {
      try open(.geneRows, "cbioportal-hugo.txt") { $0.ignoredColumns = ["TCGA-AA-0001-01"] }
    }
    #expect(error.kind == .wrongLayout && error.place?.line == 1)
  }
}
