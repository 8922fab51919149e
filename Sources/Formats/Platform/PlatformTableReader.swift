import Problems

/// Reads the table of a GEO platform: an NCBI `.annot` file or a SOFT platform record.
package final class PlatformTableReader {
  /// The platform's accession, such as `GPL570`; "" where the file does not say.
  package private(set) var accession = ""
  package let table: TableReader

  /// Passes over the `^`, `!` and `#` lines up to the table. Throws `FormatError` where there is none.
  package init(_ source: sending any ByteSource, path: String) throws {
    let lines = LineReader(source, path: path)
    var options = TableOptions()
    options.delimiter = .tab
    options.quoting = TableOptions.Quoting.none
    options.padsShortRows = true
    guard let first = try lines.next() else {
      throw FormatError(.truncated, at: Place(path), "the platform table is empty", remedy: "check the download")
    }
    guard let mark = first.first, mark == UInt8(ascii: "^") || mark == UInt8(ascii: "!") || mark == UInt8(ascii: "#")
    else {
      throw FormatError(
        .wrongFormat, at: Place(path, line: 1), "this is no .annot file and no SOFT platform",
        remedy: "read a bare table as a delimited table instead")
    }
    var next: UnsafeRawBufferPointer? = first
    var begun = false
    while let line = next, !begun {
      begun = line.startsIgnoringCase("!platform_table_begin")
      if accession.isEmpty, let found = Self.accession(in: fieldText(line)) { accession = found }
      if !begun { next = try lines.next() }
    }
    guard begun else {
      throw FormatError(
        .missing, at: Place(path, line: lines.line), "there is no !platform_table_begin",
        remedy: "fetch the platform's full table or its .annot file")
    }
    table = try TableReader(lines, options: options, endMark: "!platform_table_end")
  }

  private static func accession(in line: String) -> String? {
    let marks = ["^PLATFORM", "!Annotation_platform ", "!Platform_geo_accession"]
    guard marks.contains(where: line.hasPrefix), let sign = line.firstIndex(of: "=") else { return nil }
    return String(line[line.index(after: sign)...]).trimmingOuterSpace()
  }
}
