import Testing

@testable import Ingest

@Suite("Tables that are joined to samples")
struct SampleTableTests {
  let study: Study

  init() throws { study = try Study() }

  private func ingest(_ samples: [String], _ yaml: String, kind: String = "patients") throws -> Ingested {
    try study.matrix(samples, [("AKT1", samples.map { _ in 1.5 })])
    return try study.ingest("\(plainExpression)\n\(yaml)", kind: kind)
  }

  @Test("by patient: both samples of one get the row; the portal's redacted rows are not used")
  func tcgaPatient() throws {
    let survival = ["OS", "OS.time", "DSS", "DSS.time", "DFI", "DFI.time", "PFI", "PFI.time"]
    try study.table(
      "cdr.tsv",
      [
        ["bcr_patient_barcode", "type"] + survival + ["Redaction"],
        ["TCGA-AA-0001", "COAD", "1", "460", "#N/A", "[Not Available]", "", "", "0", "99", ""],
        ["TCGA-AA-0002", "READ", "1", "7", "1", "7", "1", "7", "1", "7", "Redacted"],
      ])
    let result = try ingest(
      ["TCGA-AA-0001-01A", "TCGA-AA-0001-06A", "TCGA-AA-0002-01A"],
      "samples: {id: tcga-sample}\ntables: [{layout: tcga-cdr, files: cdr.tsv}]")
    #expect(result.column("tissue") == ["COAD", "COAD", ""] && result.column("OS") == ["1.0", "1.0", "nan"])
    #expect(result.column("OS.time") == ["460.0", "460.0", "nan"] && result.column("DSS") == ["nan", "nan", "nan"])
    #expect(try result.dropped == ["row TCGA-AA-0002: the portal has redacted it @ cdr.tsv:3"])
  }

  @Test("by TCGA sample: vials and aliquots are the same sample, the first row counts")
  func tcgaSample() throws {
    try study.table(
      "phenotype.tsv",
      [
        ["sample", "sample_type", "_primary_disease"], ["TCGA-AA-0001-01", "Primary Tumor", "colon"],
        ["TCGA-AA-0001-01B", "Primary Tumor", "rectum"], ["TCGA-AA-0009-01", "Primary Tumor", "skin"],
      ])
    let result = try ingest(
      ["TCGA-AA-0001-01A-11R-A155-07"], "tables: [{layout: xena-tcga-phenotype, files: phenotype.tsv}]")
    #expect(result.column("tissue") == ["colon"])
    #expect(
      try result.dropped == [
        "row TCGA-AA-0001-01B: an earlier row of the table is of the same sample @ phenotype.tsv:3"
      ])
  }

  @Test("by cell line: exactly, else without case and punctuation, but T-T and TT stay two lines")
  func cellLine() throws {
    try study.table(
      "lines.csv", separator: ",",
      [
        ["Sample Name", "COSMIC identifier", "GDSC\"Tissue"], ["T-T", "1", "oesophagus"], ["TT", "2", "thyroid"],
        ["NCI-H23", "3", "lung"], ["KM-H2", "4", "blood"], ["TOTAL:", "", "1001"],
      ])
    let result = try ingest(
      ["TT", "NCI_H23", "KMH2", "t.t"],
      """
      tables:
        - layout: gdsc-cell-lines
          files: lines.csv
          columns: {cosmic: {column: COSMIC identifier, kind: text}}
      """, kind: "cell-lines")
    #expect(result.column("cosmic") == ["2", "3", "4", ""])
    #expect(try result.dropped == ["row T-T: its name may be of several cell lines @ lines.csv"])
  }

  @Test("by sample: the key's prefix is taken off, words are mapped, months become days, flags are 1 and 0")
  func sample() throws {
    try study.table(
      "clinic.csv", separator: ",",
      [
        ["title", "mmr", "os months", "smoker", "note"], ["ISPY2_1", "pMMR", "10.5", "Yes", " two  words "],
        ["ISPY2_2", "N/A", "", "no", "-666"],
      ])
    let result = try ingest(
      ["1", "2"],
      """
      tables:
        - layout: table
          files: clinic.csv
          key: {column: title, strip: ISPY2_}
          missing: ["-666"]
          columns:
            msi_status: {column: [mmr.status, mmr], values: {pMMR: MSS, dMMR: MSI}}
            OS.time: {column: os months, kind: number, scale: 30.4375}
            smoker: {column: smoker, kind: flag}
            note: {column: note, kind: text}
      constants: {tissue: breast}
      """)
    #expect(result.column("msi_status") == ["MSS", ""] && result.column("OS.time") == ["319.59375", "nan"])
    #expect(result.column("smoker") == ["true", "false"] && result.column("note") == ["two words", ""])
    #expect(result.column("tissue") == ["breast", "breast"])
  }

  @Test("two tables fill one column: what came first stays, the second fills its gaps")
  func twoTables() throws {
    try study.table("one.tsv", [["id", "tissue"], ["a", "lung"], ["b", ""]])
    try study.table(
      "two.tsv", [["id", "site", "age"], ["a", "skin", "1"], ["b", "bone", "2"], ["c", "liver", "3"]])
    let result = try ingest(
      ["a", "b", "c", "d"],
      """
      tables:
        - {layout: table, files: one.tsv, key: {column: id}, columns: {tissue: tissue}}
        - {layout: table, files: two.tsv, key: {column: id}, columns: {tissue: site, age: {column: age, kind: number}}}
      constants: {tissue: unknown}
      """)
    #expect(result.column("tissue") == ["lung", "bone", "liver", "unknown"])
    #expect(result.column("age") == ["1.0", "2.0", "3.0", "nan"])
  }

  @Test("several files of one table are read as one")
  func severalFiles() throws {
    try study.table("one.tsv", [["id", "x"], ["a", "1"]])
    try study.table("two.tsv", [["id", "x"], ["b", "2"], ["a", "3"]])
    let result = try ingest(
      ["a", "b"], "tables: [{layout: table, files: [one.tsv, two.tsv], key: {column: id}, columns: {x: x}}]")
    #expect(result.column("x") == ["1", "2"])
    #expect(try result.dropped == ["row a: an earlier row of the table is of the same sample @ two.tsv:3"])
  }

  @Test("a word where a number or a flag is expected has its place", arguments: ["number", "flag"])
  func badWord(kind: String) throws {
    try study.table("t.tsv", [["id", "x"], ["a", "1"], ["b", "high"]])
    let error = try #require(throws: IngestError.self) {
      try ingest(
        ["a", "b"],
        "tables: [{layout: table, files: t.tsv, key: {column: id}, columns: {x: {column: x, kind: \(kind)}}}]")
    }
    #expect(error.kind == .tables && error.place?.line == 3 && error.place?.field == "x")
    #expect(error.cause.contains("'high'") && error.remedy?.contains("columns.x.values") == true)
  }
}
