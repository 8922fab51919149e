import Formats
import Genes
import Problems

/// A delimited table with one gene a row: Xena's, cBioPortal's, GDSC's RMA table and any like them.
final class TextGeneRows: GeneRowSource {
  let samples: [String]
  private let table: TableReader
  private let identifierColumns: [(column: Int, kind: IdentifierKind?)]
  private let valueColumns: [Int]
  /// Whether the values are all columns from the first on, which the table reads fastest.
  private let isContiguous: Bool

  var path: String { table.path }
  var place: Place { Place(table.path, line: table.line) }

  init(_ table: TableReader, layout: ExpressionLayout, options: MatrixOptions) throws {
    self.table = table
    identifierColumns = try Self.identifierColumns(of: table, layout: layout, options: options)
    let ignored = options.ignoredColumns.union(layout == .gdscRMA ? ["GENE_title"] : [])
    for name in options.ignoredColumns { _ = try table.column(name) }
    let identifiers = Set(identifierColumns.map(\.column))
    valueColumns = table.header.indices.filter { !identifiers.contains($0) && !ignored.contains(table.header[$0]) }
    isContiguous = valueColumns == Array(table.header.count - valueColumns.count..<table.header.count)
    samples = valueColumns.map { column in
      let name = table.header[column]
      return layout == .gdscRMA && name.hasPrefix("DATA.") ? String(name.dropFirst(5)) : name
    }
    guard !samples.isEmpty else {
      throw SourceError(
        .wrongLayout, at: Place(table.path, line: table.headerLine), "the table has no columns of values",
        remedy: "check the delimiter and the layout")
    }
  }

  private static func identifierColumns(
    of table: TableReader, layout: ExpressionLayout, options: MatrixOptions
  ) throws -> [(column: Int, kind: IdentifierKind?)] {
    if !options.geneColumns.isEmpty {
      return try options.geneColumns.map { (try table.column($0.name), $0.kind) }
    }
    switch layout {
    case .cBioPortal:
      // Either column may be left out, but not both.
      let columns = [("Entrez_Gene_Id", IdentifierKind.entrez), ("Hugo_Symbol", .symbol)].compactMap { name, kind in
        table.header.firstIndex(of: name).map { (column: $0, kind: Optional(kind)) }
      }
      if columns.isEmpty { _ = try table.column("Hugo_Symbol") }
      return columns
    case .gdscRMA:
      return [(try table.column("GENE_SYMBOLS"), .symbol)]
    default:
      return [(0, options.identifierKind)]
    }
  }

  func advance() throws -> Bool { try table.advance() }

  var identifiers: [GeneIdentifier] {
    identifierColumns.map { GeneIdentifier($0.kind, table.keyText($0.column)) }
  }

  var onlyIdentifier: (kind: IdentifierKind?, text: UnsafeRawBufferPointer)? {
    identifierColumns.count == 1 ? (identifierColumns[0].kind, table.keyUTF8(identifierColumns[0].column)) : nil
  }

  func values(into row: UnsafeMutableBufferPointer<Float>) throws {
    if isContiguous, let first = valueColumns.first {
      try table.numbers(from: first, into: row)
    } else {
      try table.numbers(of: valueColumns, into: row)
    }
  }
}
