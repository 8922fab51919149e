import Formats
import TestSupport
import Testing

@testable import Sources

@Suite("Tables of samples")
struct SampleTableLayoutTests {
  /// Reads the layout's key and its own columns.
  private func read(
    _ layout: SampleTableLayout, _ name: String, _ columns: [String] = [], options: RecordOptions = RecordOptions()
  ) throws -> RecordTable {
    let key = layout.key.map { [ColumnRequest("key", [$0.column])] } ?? []
    let own = layout.columns.map { ColumnRequest($0.name, [$0.column]) }
    let redaction = layout.redactionColumn.map { [ColumnRequest("redaction", [$0])] } ?? []
    return try layout.read(
      Fixture.open(name), options: options, columns: key + own + redaction + columns.map { ColumnRequest($0) })
  }

  @Test("Xena's phenotype of the Toil recompute, in Latin-1 with a stray 0xCA")
  func xenaPhenotype() throws {
    let table = try read(.xenaPhenotype, "xena-phenotype.txt")
    #expect(table["key"] == ["TCGA-AA-0001-01", "GTEX-1117F"])
    #expect(table["tissue"] == ["Colon Adenocarcinoma", "Nerve"] && table["sex"] == ["Male", ""])
    #expect(table["primary_site"] == ["Colon", "Sympathetic\u{CA}Nervous System"])
    #expect(table.place(1, "_study").description.hasSuffix("xena-phenotype.txt:3:_study"))
  }

  @Test("Xena's phenotype of TCGA")
  func xenaTCGAPhenotype() throws {
    let table = try read(.xenaTCGAPhenotype, "xena-tcga-phenotype.tsv")
    #expect(table["tissue"] == ["colon adenocarcinoma"] && table["sample_type"] == ["Primary Tumor"])
  }

  @Test("Xena's survival, with what is redacted and the words for gaps")
  func xenaSurvival() throws {
    let layout = SampleTableLayout.xenaSurvival
    let table = try read(layout, "Survival_SupplementalTable_S1_20171025_xena_sp")
    #expect(table["OS"] == ["1", "0"] && table["OS.time"] == ["460", "1200"] && table["tissue"] == ["COAD", "COAD"])
    #expect(table["redaction"] == ["", "Redacted"])
    #expect(table["DSS"][0] == "#N/A" && table["DFI"][1] == "[Not Available]")
    #expect(layout.missingWords.isSuperset(of: ["#N/A", "[Not Available]", ""]))
  }

  @Test("TCGA-CDR: the workbook's own sheet, whose first column has no name")
  func tcgaCDR() throws {
    let table = try read(.tcgaCDR, "tcga-cdr.xlsx")
    #expect(table["key"] == ["TCGA-AA-0001", "TCGA-AA-0002"] && table["tissue"] == ["COAD", "READ"])
    #expect(table["PFI.time"] == ["300", "99"] && table["redaction"] == ["", "Redacted"])
    #expect(table.lines == [2, 3])
  }

  @Test("a biotab file has two more rows of header")
  func biotab() throws {
    let table = try read(.biotab, "biotab_patient.txt", ["microsatellite_instability"])
    #expect(table["key"] == ["TCGA-AA-0001", "TCGA-AA-0002"] && table.lines == [4, 5])
    #expect(table["microsatellite_instability"] == ["YES", "[Not Available]"])
  }

  @Test("GDSC's cell lines, line breaks in the headers, as a workbook and as text", arguments: ["xlsx", "txt"])
  func gdscCellLines(kind: String) throws {
    let table = try read(.gdscCellLines, "Cell_Lines_Details.\(kind)")
    #expect(table["key"] == ["A253", "22", "TOTAL:"] && table["cosmic_id"] == ["906794", "687983", ""])
    #expect(table["tissue"] == ["aero_dig_tract", "lung", ""] && table["tissue_subtype"][0] == "head and neck")
    #expect(table["tcga_label"] == ["", "LUAD", ""] && table["msi_status"] == ["MSS/MSI-L", "", ""])
  }

  @Test("the samples of a series matrix, also of one without expression")
  func seriesMatrix() throws {
    let table = try read(.seriesMatrix, "GSE0-empty_series_matrix.txt", ["pcr", "title"])
    #expect(
      table["key"] == ["GSM1", "GSM2"] && table["pcr"] == ["0", "1"] && table["title"] == ["ISPY2_1", "ISPY2_2"])
  }

  @Test("any table: short rows are filled, a column goes by several names and any case")
  func table() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("t.csv")
    try "# note\nid,Line  Name,x\na,b\nc,d,\"e\"\"f\"\n".write(toFile: path, atomically: false, encoding: .utf8)
    let table = try SampleTableLayout.table.read(
      InputFile(path), options: RecordOptions(),
      columns: [
        ColumnRequest("id"), ColumnRequest("line", ["name", "line name"]), ColumnRequest("x"),
        ColumnRequest("y", required: false),
      ])
    #expect(table["id"] == ["a", "c"] && table["line"] == ["b", "d"] && table["x"] == ["", "e\"f"])
    #expect(!table.has("y") && table["y"] == ["", ""] && table.lines == [3, 4])
  }

  @Test("a column or sheet that is not there is an error that lists those there are")
  func missing() throws {
    let column = try #require(throws: SourceError.self) { try read(.biotab, "biotab_patient.txt", ["stage"]) }
    #expect(column.kind == .missing && column.place?.field == "stage" && column.place?.line == 1)
    #expect(column.remedy?.contains("'microsatellite_instability'") == true)
    var options = RecordOptions()
    options.sheet = "Lines"
    let sheet = try #require(throws: FormatError.self) {
      try read(.gdscCellLines, "Cell_Lines_Details.xlsx", options: options)
    }
    #expect(sheet.kind == .missing && sheet.description.contains("Cell line details"))
    let pickle = try #require(throws: SourceError.self) { try read(.xenaPhenotype, "vectors.pkl") }
    #expect(pickle.kind == .wrongLayout && pickle.cause.contains("pickle"))
  }

  @Test("GDSC's cell lines as the portal publishes them", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func realCellLines() throws {
    let layout = SampleTableLayout.gdscCellLines
    let table = try layout.read(
      InputFile(SharedData.data("gdsc/portal/Cell_Lines_Details.xlsx")), options: RecordOptions(),
      columns: layout.columns.map { ColumnRequest($0.name, [$0.column]) })
    #expect(table.count == 1_002 && Set(table["tissue"]).count == 20)
  }
}
