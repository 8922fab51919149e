import Formats
import Problems

/// The table of a microarray platform, from a GEO platform file or a bare delimited table, told apart by content.
package struct PlatformTable {
  private let table: TableReader

  /// Throws `FormatError` and `SourceError`.
  package init(_ input: InputFile) throws {
    guard [.text, .gzip, .zip].contains(input.content) else {
      throw SourceError(
        .wrongLayout, at: Place(input.path), "the file is \(input.content.rawValue), not a platform table",
        remedy: "fetch the platform's .annot file or its full table")
    }
    do {
      table = try PlatformTableReader(input.source(), path: input.path).table
    } catch let error as FormatError where error.kind == .wrongFormat || error.kind == .missing {
      // GEO's "full table" describes its columns in lines with '#', and has no marks around the table.
      var options = TableOptions()
      options.comment = UInt8(ascii: "#")
      options.padsShortRows = true
      table = try TableReader(input.source(), path: input.path, options: options)
      if let mark = table.header.first?.first, "!^".contains(mark) { throw error }
    }
  }

  package func column(_ name: String) throws -> Int { try table.column(name) }
  package func advance() throws -> Bool { try table.advance() }
  /// A field's UTF-8, valid until the next call.
  package func bytes(_ field: Int) -> UnsafeRawBufferPointer { table.keyUTF8(field) }
}
