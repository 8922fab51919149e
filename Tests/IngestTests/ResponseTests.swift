import Foundation
import Problems
import Responses
import Sources
import Testing

@testable import Ingest

@Suite("Responses in the store")
struct ResponseTests {
  let study: Study

  init() throws { study = try Study() }

  private func ingest(_ samples: [String], _ yaml: String) throws -> Ingested {
    try study.matrix(samples, [("AKT1", samples.map { _ in 1.5 })])
    return try study.ingest("\(plainExpression)\n\(yaml)", kind: "cell-lines")
  }

  /// `sample drug value label` of each response.
  private func rows(_ result: Ingested) throws -> [String] {
    let frame = try result.frame("responses")
    let columns = ["sample", "drug", "value", "label"].map { frame[$0]?.texts ?? [] }
    return columns[0].indices.map { row in columns.map { $0[row] }.joined(separator: " ") }
  }

  private static let fitted = [
    ["DATASET", "CELL_LINE_NAME", "DRUG_ID", "DRUG_NAME", "MAX_CONC", "LN_IC50", "AUC"],
    ["GDSC1", "A-1", "1", "Erlotinib", "10", "1", "0.9"], ["GDSC2", "A-1", "2", "Erlotinib", "10", "3", "0.8"],
    ["GDSC2", "B", "2", "Erlotinib", "10", "0", "0.7"], ["GDSC2", "Other", "2", "Erlotinib", "10", "-9", "0.1"],
    ["GDSC2", "B", "3", "Cisplatin", "10", "", "0.5"], ["GDSC2", "Other", "3", "Cisplatin", "10", "1", "0.5"],
    ["GDSC2", "A-1", "4", "Sorafenib", "1", "2.5", ""],
  ]

  @Test("labels are taken over all lines of the file, then the cohort's are kept; extrapolated values are flagged")
  func fitted() throws {
    try study.table("ic50.csv", separator: ",", Self.fitted)
    let result = try ingest(
      ["B", "a1", "C"],
      "responses: [{layout: gdsc-fitted, file: ic50.csv, repeats: gdsc2-first-then-most-lines}]")
    // The mean over A-1 (3), B (0) and Other (-9) is -2: neither of the cohort's is below it.
    #expect(try rows(result) == ["B Erlotinib 0.0 0", "a1 Erlotinib 3.0 0", "a1 Sorafenib 2.5 0"])
    let frame = try result.frame("responses")
    #expect(frame["extrapolated"]?.texts == ["no", "yes", "yes"] && frame["drug_id"]?.texts == ["2", "2", "4"])
    #expect(frame["screen"]?.texts == ["GDSC2", "GDSC2", "GDSC2"] && frame["unit"]?.texts.first == "ln(uM)")
    #expect(frame["pic50"]?.texts[0] == "6.0")
    #expect(frame["rule"]?.texts.first?.contains("mean over all lines") == true)
    let counts = try result.counts
    #expect(counts["response: GDSC2 measured the pair too"] == 1)
    #expect(counts["response: its sample is not in the cohort"] == 2)
    #expect(result.report.responses == 3 && result.report.drugs == 2)
  }

  @Test("the drug table has the drugs with responses, their numbers and what the files say of them")
  func drugs() throws {
    try study.table("ic50.csv", separator: ",", Self.fitted)
    try study.table(
      "smiles.tsv", [["name", "SMILES"], ["Erlotinib", "C#C"], ["Sorafenib", ""], ["Erlotinib", "second"]])
    let result = try ingest(
      ["B", "a1", "C"],
      """
      responses: [{layout: gdsc-fitted, file: ic50.csv, repeats: mean}]
      drugs: {files: [{file: smiles.tsv, name: name, columns: {smiles: SMILES}}]}
      """)
    let drugs = try result.frame("drugs")
    #expect(drugs.index == ["Erlotinib", "Sorafenib"])
    #expect(drugs["responses"]?.texts == ["2", "1"] && drugs["smiles"]?.texts == ["C#C", ""])
    #expect(drugs["names_in_files"]?.texts == ["Erlotinib", "Sorafenib"])
    #expect(result.report.drugs == 2)
    #expect(try result.counts["response: averaged with another row of the pair"] == 2)
    // One line alone has no mean to be above of; of Erlotinib, the means are A-1 2, B 0, Other -9.
    #expect(try rows(result) == ["B Erlotinib 0.0 0", "a1 Erlotinib 2.0 0", "a1 Sorafenib 2.5 0"])
  }

  @Test("a repeated pair without a rule is an error")
  func repeats() throws {
    try study.table("ic50.csv", separator: ",", Self.fitted)
    let error = try #require(throws: ResponseError.self) {
      try ingest(["B", "a1"], "responses: [{layout: gdsc-fitted, file: ic50.csv}]")
    }
    #expect(error.kind == .repeatedPair && error.place?.file.hasSuffix("ic50.csv") == true)
    #expect(error.remedy?.contains("gdsc2-first-then-most-lines") == true && error.origin == .input)
  }

  @Test("a matrix of IC50s whose drugs a table names, with the screen from the configuration")
  func matrix() throws {
    try study.table(
      "ic50.csv", separator: ",", [["", "5426", "3678"], ["A", "", "-3"], ["B", "1", "1"], ["X", "2", ""]])
    try study.table("names.csv", separator: ",", [["name", "PubChem"], ["Thalidomide", "5426"]])
    let result = try ingest(
      ["A", "B"],
      "responses: [{layout: ic50-matrix, file: ic50.csv, screen: v17, drug-names: {file: names.csv, id: PubChem, name: name}}]"
    )
    #expect(try rows(result) == ["A 3678 -3.0 1", "B 3678 1.0 0", "B Thalidomide 1.0 1"])
    #expect(try result.frame("responses")["screen"]?.texts == ["v17", "v17", "v17"])
  }

  private let biotab = [
    ["bcr_patient_barcode", "pharmaceutical_therapy_drug_name", "treatment_best_response"],
    ["bcr_patient_barcode", "drug_name", "measure_of_response"], ["CDE_ID:1", "CDE_ID:2", "CDE_ID:3"],
    ["TCGA-AA-0001", "5 FU", "Complete Response"], ["TCGA-AA-0001", "Fluorouracil", "Stable Disease"],
    ["TCGA-AA-0002", "camptosar", "clinical progressive disease"], ["TCGA-AA-0002", "Folfox", "Partial Response"],
    ["TCGA-AA-0002", "5-FU", "Odd Words"], ["TCGA-AA-0009", "5-FU", "Partial Response"],
  ]

  private func patients(_ rules: String) throws -> Ingested {
    try study.table("drugs.txt", biotab)
    return try ingest(
      ["TCGA-AA-0001-01", "TCGA-AA-0002-01", "TCGA-AA-0002-06"],
      """
      responses:
        - layout: biotab-drugs
          file: drugs.txt
          responders: [Complete Response, Partial Response]
          non-responders: [Stable Disease, Clinical Progressive Disease]
          \(rules)
      drugs:
        synonyms: {5-FU: 5-Fluorouracil, Fluorouracil: 5-Fluorouracil, Camptosar: Irinotecan}
      """)
  }

  @Test("patients' words become labels by the rule, drugs are joined by synonyms, courses by their rule")
  func words() throws {
    let result = try patients("courses: best")
    #expect(
      try rows(result) == [
        "TCGA-AA-0001-01 5-Fluorouracil 1.0 1", "TCGA-AA-0002-01 Folfox 1.0 1", "TCGA-AA-0002-01 Irinotecan 0.0 0",
        "TCGA-AA-0002-06 Folfox 1.0 1", "TCGA-AA-0002-06 Irinotecan 0.0 0",
      ])
    #expect(
      try result.frame("drugs")["names_in_files"]?.texts == ["5 FU | 5-FU | Fluorouracil", "Folfox", "camptosar"])
    #expect(
      try result.dropped == [
        "response TCGA-AA-0002 5-Fluorouracil: the rule does not name 'Odd Words' @ drugs.txt:8"
      ])
    #expect(try result.counts["response: another course of the patient with the drug"] == 1)
    #expect(try result.counts["response: its sample is not in the cohort"] == 1)
    #expect(
      try result.frame("responses")["rule"]?.texts.first
        == "1: Complete Response, Partial Response; 0: Stable Disease, Clinical Progressive Disease; courses: best")
    #expect(try rows(patients("courses: worst")).first == "TCGA-AA-0001-01 5-Fluorouracil 0.0 0")
  }

  @Test("courses that differ are an error without a rule; drugs that no table knows can be left out")
  func courses() throws {
    let error = try #require(throws: IngestError.self) { try patients("courses: error") }
    #expect(error.kind == .responses && error.remedy?.contains("best, worst or first") == true)
    let known = try patients("courses: first\n    only-known-drugs: true")
    #expect(try !rows(known).contains { $0.contains("Folfox") })
    #expect(try known.dropped.contains("drug Folfox: it is no drug of the configuration's tables"))
    #expect(try known.counts["response: its drug is in none of the configuration's tables"] == 1)
  }

  @Test("a matrix of responses gives 1 and 0 as they stand")
  func responseMatrix() throws {
    try study.table("r.csv", separator: ",", [["", "5426"], ["TCGA-AA-0001", "1"], ["TCGA-AA-0002", "0"]])
    let result = try ingest(
      ["TCGA-AA-0001-01", "TCGA-AA-0002-01"], "responses: [{layout: response-matrix, file: r.csv}]")
    #expect(try rows(result) == ["TCGA-AA-0001-01 5426 1.0 1", "TCGA-AA-0002-01 5426 0.0 0"])
  }

  @Test(
    "a matrix whose drugs are not all named, each once, is an error",
    arguments: [(["", "", "5426"], "2", "names no drug"), (["", "5426", "5426"], "3", "'5426'")])
  func drugNames(header: [String], field: String, words: String) throws {
    try study.table("r.csv", separator: ",", [header, ["TCGA-AA-0001", "1", "0"]])
    let error = try #require(throws: SourceError.self) {
      try ingest(["TCGA-AA-0001-01"], "responses: [{layout: response-matrix, file: r.csv}]")
    }
    #expect(error.kind == .wrongLayout && error.place?.line == 1 && error.place?.field == field)
    #expect(error.cause.contains(words) && error.remedy != nil)
  }

  @Test("samples that stand for one cell line all get its responses")
  func severalSamplesOfALine() throws {
    try study.table("ic50.csv", separator: ",", Self.fitted)
    try study.table("models.tsv", [["id", "line"], ["ACH-1", "B"], ["ACH-2", "B"], ["ACH-3", "A-1"]])
    let result = try ingest(
      ["ACH-1", "ACH-2", "ACH-3"],
      """
      tables: [{layout: table, files: models.tsv, key: {column: id}, columns: {line: line}}]
      responses: [{layout: gdsc-fitted, file: ic50.csv, join: line, repeats: mean}]
      """)
    #expect(
      try rows(result) == [
        "ACH-1 Erlotinib 0.0 0", "ACH-2 Erlotinib 0.0 0", "ACH-3 Erlotinib 2.0 0", "ACH-3 Sorafenib 2.5 0",
      ])
  }
}
