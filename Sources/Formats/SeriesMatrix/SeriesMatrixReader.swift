import Problems

/// Reads a GEO series matrix: the series' and samples' records, then the table of probes x samples.
///
/// Grammar in docs/source-formats.md. Keys repeat; a sample's characteristics are read from that sample's own fields, as
/// the n-th line need not hold the same key for every sample.
package final class SeriesMatrixReader {
  /// The lines of one sample, in the file's order.
  package struct Sample: Sendable, Equatable {
    /// `GSM...`
    package var accession = ""
    package var title = ""
    package var platform = ""
    /// `key: value` of every `!Sample_characteristics` line that holds one for this sample, cut at the first colon.
    package var characteristics: [(key: String, value: String)] = []
    /// Every other `!Sample_` line by its key, repeats joined by a line break.
    package var fields: [String: String] = [:]

    package static func == (left: Sample, right: Sample) -> Bool {
      left.accession == right.accession && left.title == right.title && left.platform == right.platform
        && left.fields == right.fields && left.characteristics.elementsEqual(right.characteristics, by: ==)
    }
  }

  package let path: String
  /// `!Series_` lines by key, repeats in order.
  package private(set) var series: [String: [String]] = [:]
  package private(set) var samples: [Sample] = []
  /// The table; its header is `ID_REF` and the samples' accessions. It may have no rows.
  package let table: TableReader

  /// Reads everything before the table. Throws `FormatError` where the grammar is broken.
  package init(_ source: sending any ByteSource, path: String) throws {
    self.path = path
    let lines = LineReader(source, path: path)
    let row = DelimitedRow(delimiter: TableOptions.Delimiter.tab.rawValue, quoting: .fields)
    var records = SeriesMatrixRecords(path: path)
    var begun = false
    while !begun, let line = try lines.next() {
      if line.isEmpty { continue }
      guard line.first == UInt8(ascii: "!") else {
        throw FormatError(
          .wrongFormat, at: Place(path, line: lines.line), "a series matrix's lines start with '!' before its table",
          remedy: "check that this is a GSE..._series_matrix.txt file")
      }
      if line.startsIgnoringCase("!series_matrix_table_begin") {
        begun = true
      } else {
        let number = lines.line
        try row.take(line, from: lines)
        try records.add(row, line: number)
      }
    }
    guard begun else {
      throw FormatError(
        .truncated, at: Place(path, line: lines.line), "there is no !series_matrix_table_begin",
        remedy: "the download was cut short, or this is another kind of file")
    }
    series = records.series
    samples = records.samples
    var options = TableOptions()
    options.delimiter = .tab
    table = try TableReader(lines, options: options, endMark: "!series_matrix_table_end")
    try checkHeader()
  }

  /// Rows that the samples say the table has, where they agree on it.
  package var declaredRows: Int? {
    let counts = Set(samples.compactMap { $0.fields["data_row_count"] })
    return counts.count == 1 ? counts.first.flatMap { Int($0) } : nil
  }

  /// Checks, after the last row, that the table is as long as the samples say.
  package func checkRowCount() throws {
    guard let declaredRows, declaredRows != table.rows else { return }
    throw FormatError(
      .truncated, at: Place(path, line: table.line),
      "the table has \(table.rows) rows, !Sample_data_row_count says \(declaredRows)",
      remedy: "the file was cut or edited: fetch it again")
  }

  private func checkHeader() throws {
    let columns = table.header.dropFirst()
    guard !samples.isEmpty, columns.elementsEqual(samples.map(\.accession)) else {
      throw FormatError(
        .malformed, at: Place(path, line: table.headerLine),
        "the table's columns are not the \(samples.count) samples of !Sample_geo_accession, in their order",
        remedy: "the file was edited or damaged: fetch it again")
    }
  }
}

/// The records before the table, as they are gathered line by line.
private struct SeriesMatrixRecords {
  let path: String
  var series: [String: [String]] = [:]
  var samples: [SeriesMatrixReader.Sample] = []

  mutating func add(_ row: DelimitedRow, line: Int) throws {
    let key = row.text(0)
    if key.hasPrefix("!Series_") {
      series[String(key.dropFirst(8)), default: []] += (1..<max(row.count, 1)).map { row.text($0) }
    } else if key.hasPrefix("!Sample_") {
      try addSamples(key: String(key.dropFirst(8)), row, line: line)
    }
  }

  private mutating func addSamples(key: String, _ row: DelimitedRow, line: Int) throws {
    if samples.isEmpty { samples = Array(repeating: SeriesMatrixReader.Sample(), count: row.count - 1) }
    guard row.count - 1 == samples.count else {
      throw FormatError(
        .malformed, at: Place(path, line: line, field: "!Sample_\(key)"),
        "this line has \(row.count - 1) values, the lines before it \(samples.count)",
        remedy: "the file was edited or damaged: fetch it again")
    }
    for index in samples.indices {
      let value = row.text(index + 1)
      switch key {
      case "geo_accession": samples[index].accession = value
      case "title": samples[index].title = value
      case "platform_id": samples[index].platform = value
      case _ where key.hasPrefix("characteristics"): samples[index].addCharacteristic(value)
      default:
        if let before = samples[index].fields.updateValue(value, forKey: key) {
          samples[index].fields[key] = "\(before)\n\(value)"
        }
      }
    }
  }
}

extension SeriesMatrixReader.Sample {
  fileprivate mutating func addCharacteristic(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else {
      if !text.isEmpty { characteristics.append((key: "", value: text)) }
      return
    }
    characteristics.append(
      (
        key: String(text[..<colon]).trimmingOuterSpace(),
        value: String(text[text.index(after: colon)...]).trimmingOuterSpace()
      ))
  }
}
