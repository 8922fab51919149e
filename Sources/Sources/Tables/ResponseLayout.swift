import Formats
import Problems

/// How measured responses to drugs are laid out; the raw values are the configuration's words.
package enum ResponseLayout: String, Sendable, CaseIterable {
  /// GDSC's fitted dose response, whole or with no more than cell line, drug and LN_IC50.
  case gdscFitted = "gdsc-fitted"
  /// Cell lines x drugs of ln(IC50 in micromolar), gaps where nothing was measured.
  case ic50Matrix = "ic50-matrix"
  /// Patients x drugs of 1 (responder) and 0.
  case responseMatrix = "response-matrix"
  /// A BCR biotab file of drugs, with the best response in words.
  case biotabDrugs = "biotab-drugs"

  /// What a record's sample names.
  package var sampleNames: SampleKey {
    switch self {
    case .gdscFitted, .ic50Matrix: .cellLine
    case .responseMatrix, .biotabDrugs: .tcgaPatient
    }
  }

  /// Reads every response that has a value. Throws `FormatError` and `SourceError`.
  ///
  /// `columns` renames the layout's own columns, by those.
  package func read(
    _ input: InputFile, options: RecordOptions, columns: [String: String]
  ) throws -> [ResponseRecord] {
    switch self {
    case .gdscFitted: try fitted(input, options, columns)
    case .ic50Matrix, .responseMatrix: try matrix(input, options)
    case .biotabDrugs: try words(input, options, columns)
    }
  }

  /// Names of the columns that `columns` may rename.
  package var columnNames: [String] {
    switch self {
    case .gdscFitted: Self.fittedColumns.map(\.name)
    case .biotabDrugs: Self.biotabColumns.map(\.name)
    case .ic50Matrix, .responseMatrix: []
    }
  }

  private static let fittedColumns = [
    ColumnRequest("CELL_LINE_NAME"), ColumnRequest("DRUG_NAME"), ColumnRequest("LN_IC50"),
    ColumnRequest("DRUG_ID", required: false), ColumnRequest("DATASET", required: false),
    ColumnRequest("MAX_CONC", required: false), ColumnRequest("AUC", required: false),
  ]

  private static let biotabColumns = [
    ColumnRequest("bcr_patient_barcode"),
    ColumnRequest("drug_name", ["pharmaceutical_therapy_drug_name", "drug_name"]),
    ColumnRequest("response", ["treatment_best_response", "measure_of_response"]),
  ]

  private static func renamed(_ requests: [ColumnRequest], by columns: [String: String]) -> [ColumnRequest] {
    requests.map { request in
      columns[request.name].map { ColumnRequest(request.name, [$0]) } ?? request
    }
  }

  private func fitted(
    _ input: InputFile, _ options: RecordOptions, _ columns: [String: String]
  ) throws -> [ResponseRecord] {
    let table = try RecordTable.read(
      input, options: options, columns: Self.renamed(Self.fittedColumns, by: columns))
    let (lines, drugs, values) = (table["CELL_LINE_NAME"], table["DRUG_NAME"], table["LN_IC50"])
    let (ids, screens) = (table["DRUG_ID"], table["DATASET"])
    let (highest, areas) = (table["MAX_CONC"], table["AUC"])
    return try (0..<table.count).compactMap { record in
      // A row without a cell line is a total or a blank.
      guard !lines[record].isEmpty, let value = try table.number(values, record, "LN_IC50") else { return nil }
      return ResponseRecord(
        place: table.place(record), sample: lines[record], drug: drugs[record], value: .lnIC50(value),
        drugID: ids[record], screen: screens[record], maxConcentration: try table.number(highest, record, "MAX_CONC"),
        areaUnderCurve: try table.number(areas, record, "AUC"))
    }
  }

  private func matrix(_ input: InputFile, _ options: RecordOptions) throws -> [ResponseRecord] {
    let table = try RecordTable.read(input, options: options, columns: nil)
    var names: Set<String> = []
    for (column, name) in table.header.enumerated() where column > 0 && name.isEmpty || !names.insert(name).inserted {
      throw SourceError(
        .wrongLayout, at: Place(input.path, line: 1, field: "\(column + 1)"),
        name.isEmpty ? "column \(column + 1) names no drug" : "two columns are named '\(name)'",
        remedy: "give each column of the matrix a drug's name of its own")
    }
    let samples = table[table.header.first ?? ""]
    var records: [ResponseRecord] = []
    for drug in table.header.dropFirst() {
      let values = table[drug]
      for record in 0..<table.count {
        guard let value = try table.number(values, record, drug) else { continue }
        if self == .responseMatrix, value != 0, value != 1 {
          throw SourceError(
            .wrongLayout, at: table.place(record, drug), "'\(values[record])' is neither 0 nor 1",
            remedy: "read a matrix of IC50s with the layout ic50-matrix")
        }
        records.append(
          ResponseRecord(
            place: table.place(record, drug), sample: samples[record], drug: drug,
            value: self == .responseMatrix ? .responder(value == 1) : .lnIC50(value)))
      }
    }
    return records
  }

  private func words(
    _ input: InputFile, _ options: RecordOptions, _ columns: [String: String]
  ) throws -> [ResponseRecord] {
    var options = options
    options.linesAfterHeader = 2
    let table = try RecordTable.read(
      input, options: options, columns: Self.renamed(Self.biotabColumns, by: columns))
    let (patients, drugs, words) = (table["bcr_patient_barcode"], table["drug_name"], table["response"])
    let missing = MissingWords.common.union(MissingWords.tcga)
    return (0..<table.count).compactMap { record in
      guard !missing.contains(words[record]), !missing.contains(drugs[record]) else { return nil }
      return ResponseRecord(
        place: table.place(record), sample: patients[record], drug: drugs[record], value: .word(words[record]))
    }
  }
}

/// One measured response, as a file has it.
package struct ResponseRecord: Sendable {
  package enum Value: Sendable, Equatable {
    /// Natural logarithm of the IC50 in micromolar.
    case lnIC50(Double)
    case responder(Bool)
    /// A RECIST word, such as `Partial Response`.
    case word(String)
  }

  package var place: Place
  package var sample: String
  package var drug: String
  package var value: Value
  /// The portal's id of the drug as it was screened, "" where the file has none.
  package var drugID = ""
  /// The screen, such as GDSC2, "" where the file does not say.
  package var screen = ""
  /// Highest concentration screened, in micromolar.
  package var maxConcentration: Double?
  package var areaUnderCurve: Double?
}

extension RecordTable {
  /// A field as a number, nil where it is a gap. Throws `SourceError` with file:line:column for anything else.
  package func number(_ values: [String], _ record: Int, _ column: String) throws -> Double? {
    switch NumberText(values[record]) {
    case .number(let value): return value
    case .missing: return nil
    case .notANumber:
      throw SourceError(
        .wrongLayout, at: place(record, column), "'\(values[record].prefix(40))' is not a number",
        remedy: "check which column the configuration names")
    }
  }
}
