import Formats
import Genes
import Problems

/// A delimited table with one sample a row, such as DepMap's.
final class TextSampleRows: SampleRowSource {
  let genes: [[GeneIdentifier]]
  private let table: TableReader
  private let sampleColumn: Int
  private let geneColumns: [Int]

  var path: String { table.path }
  var place: Place { Place(table.path, line: table.line) }
  var sample: String { table.keyText(sampleColumn) }

  init(_ table: TableReader, layout: ExpressionLayout, options: MatrixOptions) throws {
    self.table = table
    let modelColumn = layout == .depMap ? table.header.firstIndex(of: "ModelID") : nil
    sampleColumn = try options.sampleColumn.map { try table.column($0) } ?? modelColumn ?? 0
    for name in options.ignoredColumns { _ = try table.column(name) }
    let sampleColumn = sampleColumn
    geneColumns = table.header.indices.filter { column in
      let name = table.header[column]
      // Newer DepMap files start with columns that describe the profile; a gene's ends in "(Entrez)".
      return column != sampleColumn && !options.ignoredColumns.contains(name)
        && (layout != .depMap || name.hasSuffix(")"))
    }
    let kind = layout == .depMap ? IdentifierKind.symbolWithEntrez : options.identifierKind
    genes = geneColumns.map { [GeneIdentifier(kind, table.header[$0])] }
    guard !genes.isEmpty else {
      throw SourceError(
        .wrongLayout, at: Place(table.path, line: table.headerLine), "the table has no columns of genes",
        remedy: "check the delimiter and the layout")
    }
  }

  func advance() throws -> Bool { try table.advance() }

  func values(of genes: [Int], into row: UnsafeMutableBufferPointer<Float>) throws {
    try table.numbers(of: genes.map { geneColumns[$0] }, into: row)
  }
}
