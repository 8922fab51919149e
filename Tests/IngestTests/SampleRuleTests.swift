import Testing

@testable import Ingest

@Suite("Rules that choose samples")
struct SampleRuleTests {
  let study: Study

  init() throws { study = try Study() }

  /// One row of AKT1, whose value tells the column: 1, 2, 3, ...
  private func matrix(_ names: [String]) throws {
    try study.matrix(names, [("AKT1", names.indices.map { Double($0 + 1) })])
  }

  private func ingest(_ rules: String) throws -> Ingested { try study.ingest("\(plainExpression)\n\(rules)") }

  @Test("without rules every column is a sample under its own name")
  func plain() throws {
    try matrix(["b", "a"])
    let result = try ingest("")
    #expect(result.samples == ["b", "a"] && result.column("source_name") == ["b", "a"])
    #expect(try result.values("AKT1") == [1, 2])
    #expect(result.measured == ["AKT1"] && result.report.landmarks == 1)
    #expect(result.column("patient") == nil)
  }

  @Test("TCGA samples are called by patient and type, and know their patient")
  func tcgaSample() throws {
    try matrix(["TCGA-AA-0001-01A-11R-A155-07", "GTEX-1117F"])
    let result = try ingest("samples: {id: tcga-sample}")
    #expect(result.samples == ["TCGA-AA-0001-01"] && result.column("patient") == ["TCGA-AA-0001"])
    #expect(result.column("source_name") == ["TCGA-AA-0001-01A-11R-A155-07"])
    #expect(try result.dropped == ["sample GTEX-1117F: its name is no TCGA barcode @ matrix.tsv:GTEX-1117F"])
  }

  @Test("one sample a patient: by type in the rule's order, then by vial, never by value")
  func onePerPatient() throws {
    try matrix([
      "TCGA-AA-0001-06A", "TCGA-AA-0001-01B", "TCGA-AA-0001-01A", "TCGA-AA-0002-11A", "TCGA-AA-0003-06A", "GTEX-1",
    ])
    let result = try ingest("samples: {one-per-patient: ['01', '06']}")
    #expect(result.samples == ["TCGA-AA-0001-01A", "TCGA-AA-0003-06A"])
    #expect(try result.values("AKT1") == [3, 5])
    let other = "another sample of the patient is first by type, vial and name"
    #expect(
      try Set(result.dropped) == [
        "sample TCGA-AA-0001-06A: \(other) @ matrix.tsv:TCGA-AA-0001-06A",
        "sample TCGA-AA-0001-01B: \(other) @ matrix.tsv:TCGA-AA-0001-01B",
        "sample TCGA-AA-0002-11A: its sample type 11 is not one of 01, 06 @ matrix.tsv:TCGA-AA-0002-11A",
        "sample GTEX-1: its name is no TCGA barcode @ matrix.tsv:GTEX-1",
      ])
  }

  @Test("a duplicated sample: the first column")
  func first() throws {
    try matrix(["a", "b", "a"])
    let result = try ingest("samples: {duplicates: first}")
    #expect(result.samples == ["a", "b"])
    #expect(try result.values("AKT1") == [1, 2])
    #expect(try result.dropped == ["sample a: the sample a stands in an earlier column @ matrix.tsv:a"])
    #expect(try result.counts["sample: the sample stands in an earlier column"] == 1)
  }

  @Test("a duplicated sample: the mean in the store's unit, over the values that are there")
  func mean() throws {
    try study.matrix(["a", "b", "a"], [("AKT1", [1, 2, 4]), ("ALDOA", [.nan, 2, 4])])
    let result = try ingest("samples: {duplicates: mean}")
    #expect(result.samples == ["a", "b"])
    #expect(try result.values("AKT1") == [2.5, 2] && result.values("ALDOA") == [4, 2])
    #expect(try result.counts["sample: averaged with another column of the sample"] == 1)
  }

  @Test("a list keeps its samples in the matrix's order")
  func list() throws {
    try matrix(["c", "b", "a"])
    try study.write("keep.txt", "a\r\nc \n\nnot there")
    let result = try ingest("samples: {list: keep.txt}")
    #expect(result.samples == ["c", "a"])
    #expect(try result.dropped == ["sample b: it is not on the list of samples to keep @ matrix.tsv:b"])
    try study.write("keep.txt", "x\n")
    let error = try #require(throws: IngestError.self) { try ingest("samples: {list: keep.txt}") }
    #expect(error.kind == .samples && error.remedy?.contains("samples.id") == true)
  }

  @Test("text is taken off the front of names")
  func strip() throws {
    try matrix(["ISPY2_1", "GDSC_2", "3", "ISPY2_"])
    let result = try ingest("samples: {strip: [ISPY2_, GDSC_]}")
    #expect(result.samples == ["1", "2", "3"] && result.column("source_name") == ["ISPY2_1", "GDSC_2", "3"])
    #expect(try result.dropped == ["sample ISPY2_: it has no name @ matrix.tsv:ISPY2_"])
  }

  private static let passports = [
    ["model_id", "", "SIDM1", "SIDM2", "SIDM2", "SIDM3"], ["model_name", "", "A", "B", "B", ""],
    ["data_source", "", "sanger", "Broad", "sanger", "broad"], ["gene_id", "symbol", "", "", "", ""],
    ["SIDG1", "AKT1", "1", "3", "7", "15"],
  ]

  @Test("a field of the matrix names the samples, another decides which of two columns comes first")
  func nameFieldAndPrefer() throws {
    try study.table("matrix.csv", separator: ",", Self.passports)
    let result = try study.ingest(
      """
      expression:
        layout: cell-model-passports
        files: matrix.csv
        assay: rna-seq
        unit: tpm
        sample-fields: {source: data_source, model: {column: [id, model_id], kind: text}}
      samples: {name-field: model_name, prefer: {field: data_source, order: [sanger, broad]}, duplicates: first}
      """, kind: "cell-lines")
    #expect(result.samples == ["A", "B"] && result.column("source_name") == ["SIDM1", "SIDM2"])
    #expect(result.column("source") == ["sanger", "sanger"] && result.column("model") == ["SIDM1", "SIDM2"])
    #expect(try result.values("AKT1") == [1, 3])
    #expect(result.text("expression/unit") == "log2(tpm + 1)")
    #expect(
      try Set(result.dropped) == [
        "sample SIDM3: it has no name @ matrix.csv:SIDM3",
        "sample SIDM2: the sample B stands in an earlier column @ matrix.csv:SIDM2",
      ])
  }

  @Test("a field that the matrix does not have is an error that lists those it has")
  func noField() throws {
    try study.table("matrix.csv", separator: ",", Self.passports)
    let error = try #require(throws: IngestError.self) {
      try study.ingest(
        "expression: {layout: cell-model-passports, files: matrix.csv, assay: rna-seq, unit: tpm}\n"
          + "samples: {name-field: name}")
    }
    #expect(error.kind == .samples && error.place?.field == "name" && error.remedy?.contains("model_name") == true)
  }

  @Test("samples are kept, dropped and required by the words of the sample table")
  func conditions() throws {
    try matrix(["a", "b", "c", "d", "e"])
    try study.table(
      "samples.tsv",
      [
        ["id", "type", "arm", "pcr"], ["a", "tumour", "x", "1"], ["b", "normal", "x", "1"], ["c", "tumour", "y", "0"],
        ["d", "tumour", "x", "NA"],
      ])
    let table = """
      tables:
        - layout: table
          files: samples.tsv
          key: {column: id}
          columns: {type: type, arm: arm, pcr: {column: pcr, kind: number}}
      """
    let result = try ingest(
      "samples:\n  keep: {type: [tumour, metastasis]}\n  drop: {arm: y}\n  require: pcr\n\(table)")
    #expect(result.samples == ["a"])
    #expect(
      try result.dropped == [
        "sample b: its type is 'normal'", "sample e: its type is ''", "sample c: its arm is 'y'",
        "sample d: its pcr is not known",
      ])
    let none = try #require(throws: IngestError.self) { try ingest("samples:\n  keep: {type: organoid}\n\(table)") }
    #expect(none.kind == .samples && none.remedy != nil)
    let column = try #require(throws: IngestError.self) { try ingest("samples:\n  require: [age]\n\(table)") }
    #expect(column.kind == .tables && column.cause.contains("'age'"))
  }
}
