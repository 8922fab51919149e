import Formats
import TestSupport
import Testing

@testable import Sources

@Suite("Layouts of responses")
struct ResponseLayoutTests {
  private func read(
    _ layout: ResponseLayout, _ name: String, columns: [String: String] = [:]
  ) throws -> [ResponseRecord] {
    try layout.read(Fixture.open(name), options: RecordOptions(), columns: columns)
  }

  @Test(
    "GDSC's fitted dose response, as text with quotes and as a workbook with a total row", arguments: ["csv", "xlsx"])
  func fitted(kind: String) throws {
    let records = try read(.gdscFitted, "GDSC2_fitted_dose_response.\(kind)")
    #expect(records.map(\.sample) == ["PFSK-1", "A673"] && records.map(\.drug) == ["Camptothecin", "AZ628, hydrate"])
    #expect(records.map(\.value) == [.lnIC50(-1.463887), .lnIC50(2.5)])
    #expect(records.map(\.drugID) == ["1003", "29"] && records.map(\.screen) == ["GDSC2", "GDSC1"])
    #expect(records.map(\.maxConcentration) == [0.1, 4] && records.map(\.areaUnderCurve) == [0.93022, nil])
    #expect(records[1].place.line == 3)
  }

  @Test("the form of three columns, and columns under other names")
  func threeColumns() throws {
    let record = try #require(try read(.gdscFitted, "fitted-three.csv").first)
    #expect(record.sample == "PFSK-1" && record.value == .lnIC50(-1.463887))
    #expect(record.drugID.isEmpty && record.screen.isEmpty && record.maxConcentration == nil)
    let renamed = try read(
      .gdscFitted, "GDSC2_fitted_dose_response.csv", columns: ["CELL_LINE_NAME": "COSMIC_ID"])
    #expect(renamed.map(\.sample) == ["683667", "684052"])
  }

  @Test("a matrix of IC50s, blank where nothing was measured")
  func ic50Matrix() throws {
    let records = try read(.ic50Matrix, "ic50-matrix.csv")
    #expect(records.map(\.sample) == ["22RV1", "201T"] && records.map(\.drug) == ["5426", "3678"])
    #expect(records.map(\.value) == [.lnIC50(0.25), .lnIC50(-3.770673)])
    #expect(records[1].place.line == 2 && records[1].place.field == "3678")
    #expect(ResponseLayout.ic50Matrix.sampleNames == .cellLine)
  }

  @Test("a matrix of patients' responses, which are 0 or 1")
  func responseMatrix() throws {
    let records = try read(.responseMatrix, "response-matrix.csv")
    #expect(records.map(\.sample) == ["TCGA-B0-4844", "TCGA-AA-0001"])
    #expect(records.map(\.value) == [.responder(false), .responder(true)])
    let error = try #require(throws: SourceError.self) { try read(.responseMatrix, "ic50-matrix.csv") }
    #expect(error.place?.line == 3 && error.place?.field == "5426" && error.remedy?.contains("ic50-matrix") == true)
  }

  @Test("words of a biotab file of drugs, without those that say nothing")
  func words() throws {
    let records = try read(.biotabDrugs, "biotab_drug.txt")
    #expect(records.map(\.sample) == ["TCGA-AA-0001", "TCGA-AA-0002"] && records.map(\.drug) == ["5 FU", "Camptosar"])
    #expect(records.map(\.value) == [.word("Complete Response"), .word("Stable Disease")])
    #expect(records.map(\.place.line) == [4, 7])
  }

  @Test("a value that is no number has its place; a column that is missing is named")
  func bad() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("r.csv")
    try "CELL_LINE_NAME,DRUG_NAME,LN_IC50\na,b,1\nc,d,high\n".write(toFile: path, atomically: false, encoding: .utf8)
    let error = try #require(throws: SourceError.self) {
      try ResponseLayout.gdscFitted.read(InputFile(path), options: RecordOptions(), columns: [:])
    }
    #expect(error.place?.description == "\(path):3:LN_IC50" && error.cause.contains("'high'"))
    let column = try #require(throws: SourceError.self) { try read(.gdscFitted, "ic50-matrix.csv") }
    #expect(column.kind == .missing && column.place?.field == "CELL_LINE_NAME")
  }
}
