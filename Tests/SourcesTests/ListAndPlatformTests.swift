import Formats
import Genes
import TestSupport
import Testing

@testable import Sources

@Suite("Lists of landmarks")
struct LandmarkListTests {
  private func read(_ name: String) throws -> LandmarkList { try LandmarkList(Fixture.open(name)) }

  @Test("one symbol a line, the last line without its end")
  func lines() throws {
    let list = try read("lines-no-end.txt")
    #expect(list.form == .lines && list.others == 0)
    #expect(list.rows.map(\.line) == [1, 2, 4])
    #expect(list.rows.map(\.identifiers) == ["AARS1", "AKT1", "KIAA0100"].map { [GeneIdentifier(nil, $0)] })
  }

  @Test("geneinfo_beta: rows whose feature space is landmark, with Entrez, Ensembl and LINCS' symbol")
  func geneInfoBeta() throws {
    let list = try read("geneinfo_beta.txt")
    #expect(list.form == .geneInfoBeta && list.others == 1)
    #expect(
      list.rows == [
        LandmarkList.Row(
          line: 2,
          identifiers: [
            GeneIdentifier(.entrez, "207"), GeneIdentifier(.ensembl, "ENSG00000142208"),
            GeneIdentifier(.l1000Symbol, "AKT1"),
          ]),
        LandmarkList.Row(
          line: 4, identifiers: [GeneIdentifier(.entrez, "226"), GeneIdentifier(.l1000Symbol, "ALDOA")]),
      ])
  }

  @Test("Broad's gene info: rows with pr_is_lm")
  func broadGeneInfo() throws {
    let list = try read("Broad_LINCS_gene_info.txt")
    #expect(list.form == .broadGeneInfo && list.others == 1)
    #expect(list.rows.map { $0.identifiers.map(\.text) } == [["207", "AKT1"]])
  }

  @Test("a workbook with a column of Entrez ids")
  func workbook() throws {
    let list = try read("landmarks.xlsx")
    #expect(list.form == .table && list.others == 0)
    #expect(list.rows.map { $0.identifiers.map(\.text) } == [["5720", "PSME1"], ["466", "ATF1"]])
    #expect(list.rows.map(\.line) == [2, 3])
  }

  @Test("a table without a column of genes, and an empty list, are errors")
  func bad() throws {
    let table = try #require(throws: SourceError.self) { try read("list-without-genes.csv") }
    #expect(table.kind == .wrongLayout && table.place?.line == 1)
    let folder = try TemporaryFolder()
    let path = folder.file("empty.txt")
    try "\n\n".write(toFile: path, atomically: false, encoding: .utf8)
    let empty = try #require(throws: SourceError.self) { try LandmarkList(InputFile(path)) }
    #expect(empty.kind == .missing)
  }

  @Test("LINCS' own list of 978 genes as a workbook", .enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func real() throws {
    let list = try LandmarkList(InputFile(SharedData.data("lincs/dhimmel/Landmark_Genes_n978.xlsx")))
    #expect(list.rows.count == 978)
    let lines = try LandmarkList(InputFile(SharedData.data("lincs/csg2a/LINCS_L1000_landmark_genes.txt")))
    #expect(lines.form == .lines && lines.rows.count == 978)
  }
}

@Suite("Platform tables")
struct PlatformTableTests {
  private func rows(_ name: String, _ columns: [String]) throws -> [[String]] {
    let table = try PlatformTable(Fixture.open(name))
    let positions = try columns.map(table.column)
    var rows: [[String]] = []
    while try table.advance() { rows.append(positions.map { String(decoding: table.bytes($0), as: UTF8.self) }) }
    return rows
  }

  @Test("an annotation file of NCBI")
  func annotation() throws {
    #expect(
      try rows("GPL1.annot", ["ID", "Gene ID", "Gene symbol"])
        == [["1007_s_at", "780///100616237", "DDR1///MIR4640"], ["1053_at", "207", "AKT1"]])
  }

  @Test("a bare table, with comments before it or without")
  func bare() throws {
    #expect(try rows("platform.txt", ["probe", "entrez"]) == [["1053_at", "207"], ["117_at", ""]])
    #expect(try rows("platform.csv", ["entrez", "probe"]) == [["207", "1053_at"]])
  }

  @Test("a column that is not there and a workbook are errors")
  func bad() throws {
    let column = try #require(throws: FormatError.self) { try rows("platform.txt", ["ID"]) }
    #expect(column.kind == .missing && column.place?.line == 1 && column.place?.field == "ID")
    let book = try #require(throws: SourceError.self) { try rows("landmarks.xlsx", ["Entrez ID"]) }
    #expect(book.kind == .wrongLayout && book.cause.contains("xlsx"))
  }
}

@Suite("TCGA barcodes")
struct TCGABarcodeTests {
  @Test(
    "patient, sample type and vial, as far as the barcode goes",
    arguments: [
      ("TCGA-A6-2685", "TCGA-A6-2685", nil, "", "TCGA-A6-2685"),
      ("TCGA-A6-2685-01", "TCGA-A6-2685", "01", "", "TCGA-A6-2685-01"),
      ("TCGA-A6-2685-11A", "TCGA-A6-2685", "11", "A", "TCGA-A6-2685-11"),
      ("TCGA-A6-2685-06B-01R-1723-07", "TCGA-A6-2685", "06", "B", "TCGA-A6-2685-06"),
    ] as [(String, String, String?, String, String)])
  func parts(text: String, patient: String, type: String?, vial: String, sample: String) throws {
    let barcode = try #require(TCGABarcode(text))
    #expect(barcode.patient == patient && barcode.sampleType == type && barcode.vial == vial)
    #expect(barcode.sample == sample)
  }

  @Test(
    "anything else is none",
    arguments: [
      "", "TCGA", "TCGA-A6", "GTEX-1117F-0226", "tcga-a6-2685-01", "TCGA-A6-268", "TCGA-A6-2685-", "TCGA-A6-2685-1",
      "TCGA-A6-2685-XX", "TCGA-A6-2685-\u{BD}\u{BD}", "TCGA.A6.2685.01", "TCGA-A66-2685-01",
    ])
  func none(text: String) { #expect(TCGABarcode(text) == nil) }
}
