import Cohorts
import Formats
import Problems
import Responses
import Sources

/// The sample table as it is filled: every column as text, "" where nothing is known.
struct SampleAnnotation {
  private(set) var ids: [String]
  private var columns: [(field: IngestConfiguration.Field, values: [String])] = []

  init(ids: [String]) { self.ids = ids }

  subscript(name: String) -> [String]? { columns.first { $0.field.name == name }?.values }

  /// Adds a column, or fills the gaps of the one of that name: what came first stays.
  mutating func fill(_ field: IngestConfiguration.Field, _ values: [String]) {
    guard let position = columns.firstIndex(where: { $0.field.name == field.name }) else {
      columns.append((field, values))
      return
    }
    for row in ids.indices where columns[position].values[row].isEmpty { columns[position].values[row] = values[row] }
  }

  /// Leaves only some of the samples, given by position.
  mutating func keep(_ rows: [Int]) {
    ids = rows.map { ids[$0] }
    for position in columns.indices { columns[position].values = rows.map { columns[position].values[$0] } }
  }

  /// The columns as the store has them.
  func write(into frame: inout Frame) {
    for (field, values) in columns {
      switch field.kind {
      case .text: frame.set(field.name, .strings(values))
      case .category: frame.set(field.name, .categorical(values))
      case .number, .flag: frame.set(field.name, .doubles(values.map { Double($0) ?? .nan }))
      }
    }
  }
}

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
    for table in configuration.tables { try fill(from: table, &annotation, drops: &drops) }
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

  private func fill(
    from table: IngestConfiguration.Table, _ annotation: inout SampleAnnotation, drops: inout DropLog
  ) throws {
    let key = "\u{0}key"
    var requests = [ColumnRequest(key, [table.keyColumn])]
    requests += table.columns.map { ColumnRequest($0.name, $0.columns, required: $0.isRequired) }
    if let column = table.layout.redactionColumn {
      requests.append(ColumnRequest("\u{0}redaction", [column], required: false))
    }
    var filled = table.columns.map { _ in Array(repeating: "", count: annotation.ids.count) }
    var found = Set<Int>()
    var keys: [String] = []
    for name in table.files {
      let records = try table.layout.read(
        inputs.open(name, role: "samples"), options: table.options, columns: requests)
      let names = records[key].map { name in
        table.strip.first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) } ?? name
      }
      keys += names.prefix(3)
      let join = SampleJoin(table.keyNames, names: names, ids: annotation.ids)
      let redaction = records["\u{0}redaction"]
      for record in 0..<records.count {
        let rows = join.rows(of: names[record])
        if rows.isEmpty { continue }
        if !table.missing.contains(redaction[record]) {
          drops.drop(.row, names[record], "the portal has redacted it", at: records.place(record))
          continue
        }
        guard rows.allSatisfy({ found.insert($0).inserted }) else {
          drops.drop(
            .row, names[record], "an earlier row of the table is of the same sample", at: records.place(record))
          continue
        }
        for (position, field) in table.columns.enumerated() where records.has(field.name) {
          let place = records.place(record, field.columns[0])
          let value = try field.value(records[field.name][record], missing: table.missing, at: place)
          for row in rows { filled[position][row] = value }
        }
      }
      for name in join.ambiguous {
        drops.drop(.row, name, "its name may be of several cell lines", at: Place(records.path))
      }
    }
    guard !found.isEmpty else {
      let shown = keys.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
      throw IngestError(
        .tables, at: Place(inputs.path(of: table.files[0]), field: table.keyColumn),
        "none of its rows names a sample of the matrix: it has \(shown), the matrix '\(annotation.ids.first ?? "")'",
        remedy: "check the table's key (\(table.keyColumn) read as \(table.keyNames.rawValue)) and samples.id")
    }
    for (position, field) in table.columns.enumerated() { annotation.fill(field, filled[position]) }
  }
}

extension IngestConfiguration.Field {
  /// What is written for a field of a file: "" where it is missing, a number as its shortest text.
  func value(_ text: String, missing: Set<String>, at place: Place) throws -> String {
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
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
