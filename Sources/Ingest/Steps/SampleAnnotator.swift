import Cohorts
import Formats
import Problems
import Responses
import Sources

/// Fills the sample table from the matrix's own fields, the tables of the configuration and its constants.
struct SampleAnnotator {
  let configuration: IngestConfiguration
  let inputs: InputLedger

  /// Throws `IngestError` where a table finds no sample, and what its file and fields throw.
  func annotation(of samples: [CohortSample], drops: inout DropLog) throws -> SampleAnnotation {
    var annotation = SampleAnnotation(ids: samples.map(\.id))
    for field in configuration.expression?.sampleFields ?? [] {
      let source = try matrixColumn(field, samples)
      let missing = MissingWords.common.union(MissingWords.tcga)
      let place = Place(configuration.file, field: field.name)
      annotation.fill(field, try samples.map { try field.value($0.fields[source] ?? "", missing: missing, at: place) })
    }
    for table in configuration.tables {
      var fill = TableFill(table, names: try annotation.names(in: table.join, at: configuration.file))
      for name in table.files { try fill.add(inputs.open(name, role: "samples"), drops: &drops) }
      try fill.requireSamples(at: inputs.path(of: table.files[0]))
      for (field, values) in zip(table.columns, fill.values) { annotation.fill(field, values) }
    }
    for constant in configuration.constants {
      let field = IngestConfiguration.Field(name: constant.name, columns: [])
      annotation.fill(field, Array(repeating: constant.value, count: samples.count))
    }
    return annotation
  }

  /// The first of a field's names that the matrix has.
  private func matrixColumn(_ field: IngestConfiguration.Field, _ samples: [CohortSample]) throws -> String {
    let known = samples.first?.fields.keys.sorted() ?? []
    guard let column = field.columns.first(where: known.contains) else {
      throw IngestError(
        .tables, at: Place(configuration.file), "the matrix has no field '\(field.columns[0])'",
        remedy: known.isEmpty ? "this layout has none" : "it has \(known.joined(separator: ", "))")
    }
    return column
  }
}

/// The columns that one table of the configuration, which may be cut into files, gives to the samples.
private struct TableFill {
  /// What the reader of records calls the columns that are not the user's.
  private enum Own {
    static let key = "(key)"
    static let redaction = "(redaction)"
  }

  let table: IngestConfiguration.Table
  /// What the table's keys are compared with, one a sample.
  let sampleNames: [String]
  /// One column a field, "" where the table says nothing of a sample.
  private(set) var values: [[String]]
  private var found: Set<Int> = []
  /// The first names of samples in each file, for messages.
  private var examples: [String] = []

  init(_ table: IngestConfiguration.Table, names: [String]) {
    self.table = table
    sampleNames = names
    values = table.columns.map { _ in Array(repeating: "", count: names.count) }
  }

  private var requests: [ColumnRequest] {
    [ColumnRequest(Own.key, [table.keyColumn])]
      + table.columns.map { ColumnRequest($0.name, $0.columns, required: $0.isRequired) }
      + (table.layout.redactionColumn.map { [ColumnRequest(Own.redaction, [$0], required: false)] } ?? [])
  }

  /// Reads one file. Throws what the file throws, and `IngestError` for a field that cannot be read.
  mutating func add(_ file: InputFile, drops: inout DropLog) throws {
    let records = try table.layout.read(file, options: table.options, columns: requests)
    let names = records[Own.key].map { name in
      table.strip.first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) } ?? name
    }
    examples += names.prefix(3)
    let join = SampleJoin(table.keyNames, names: names, samples: sampleNames)
    let redaction = records[Own.redaction]
    for (record, name) in names.enumerated() {
      let rows = join.rows(of: name)
      if rows.isEmpty { continue }
      if !table.missing.contains(redaction[record]) {
        drops.drop(.row, name, "the portal has redacted it", at: records.place(record))
      } else if !found.isDisjoint(with: rows) {
        drops.drop(.row, name, "an earlier row of the table is of the same sample", at: records.place(record))
      } else {
        found.formUnion(rows)
        try take(records, record, for: rows)
      }
    }
    for name in join.ambiguous {
      drops.drop(.row, name, "its name may be of several cell lines", at: Place(records.path))
    }
  }

  private mutating func take(_ records: RecordTable, _ record: Int, for rows: [Int]) throws {
    for (position, field) in table.columns.enumerated() where records.has(field.name) {
      let place = records.place(record, field.columns[0])
      let value = try field.value(records[field.name][record], missing: table.missing, at: place)
      for row in rows { values[position][row] = value }
    }
  }

  /// Throws `IngestError` where no row named a sample of the matrix.
  func requireSamples(at path: String) throws {
    guard found.isEmpty else { return }
    let shown = examples.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    throw IngestError(
      .tables, at: Place(path, field: table.keyColumn),
      "none of its rows names a sample of the matrix: it has \(shown), the matrix '\(sampleNames.first ?? "")'",
      remedy: "check the table's key (\(table.keyColumn) read as \(table.keyNames.rawValue)) and samples.id")
  }
}

extension IngestConfiguration.Field {
  /// What is written for a field of a file: "" where it is missing, a number as its shortest text.
  func value(_ text: String, missing: Set<String>, at place: Place) throws -> String {
    let text = text.withSingleSpaces
    if missing.contains(text) { return "" }
    let word = values[text] ?? text
    switch kind {
    case .text, .category: return word
    case .flag:
      switch word.lowercased() {
      case "1", "1.0", "true", "yes", "y": return "1"
      case "0", "0.0", "false", "no", "n": return "0"
      default: throw unreadable(word, "neither yes nor no", at: place)
      }
    case .number:
      switch NumberText(word) {
      case .number(let number): return "\(number * scale)"
      case .missing: return ""
      case .notANumber: throw unreadable(word, "not a number", at: place)
      }
    }
  }

  private func unreadable(_ word: String, _ what: String, at place: Place) -> IngestError {
    IngestError(
      .tables, at: place, "'\(word.prefix(40))' is \(what)",
      remedy: "map the word under columns.\(name).values, or list it under missing")
  }
}
