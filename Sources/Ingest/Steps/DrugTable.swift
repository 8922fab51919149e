import Cohorts
import Sources

/// What the configuration's tables of drugs say of each drug.
struct DrugTable {
  private var columns: [String] = []
  private var values: [String: [String: String]] = [:]

  /// Reads every table; of several values for a drug's column the first stays. Throws what the files throw.
  init(_ configuration: IngestConfiguration.Drugs, inputs: InputLedger) throws {
    for source in configuration.files {
      let records = try RecordTable.read(
        inputs.open(source.file, role: "drugs"), options: source.options,
        columns: [ColumnRequest(source.nameColumn)]
          + source.columns.map { ColumnRequest("column:\($0.name)", [$0.column]) })
      let names = records[source.nameColumn]
      for column in source.columns {
        if !columns.contains(column.name) { columns.append(column.name) }
        let fields = records["column:\(column.name)"]
        for record in 0..<records.count where !names[record].isEmpty && !MissingWords.common.contains(fields[record]) {
          if values[names[record], default: [:]][column.name] == nil {
            values[names[record], default: [:]][column.name] = fields[record]
          }
        }
      }
    }
  }

  var names: [String] { values.keys.sorted() }

  /// One row for each drug with a response.
  func frame(of responses: ResponseTable) -> Frame {
    let drugs = responses.drugs
    var counts: [String: (pairs: Int32, positives: Int32)] = [:]
    for row in responses.rows {
      counts[row.drug, default: (0, 0)].pairs += 1
      if row.label { counts[row.drug, default: (0, 0)].positives += 1 }
    }
    var frame = Frame(indexName: "drug", index: drugs)
    frame.set("responses", .int32s(drugs.map { counts[$0]?.pairs ?? 0 }))
    frame.set("positives", .int32s(drugs.map { counts[$0]?.positives ?? 0 }))
    frame.set(
      "names_in_files", .strings(drugs.map { (responses.spellings[$0] ?? []).sorted().joined(separator: " | ") }))
    for column in columns { frame.set(column, .strings(drugs.map { values[$0]?[column] ?? "" })) }
    return frame
  }
}
