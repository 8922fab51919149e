import Formats
import Genes
import Problems

/// A list of genes in any of the forms that LINCS and its users hand around.
package struct LandmarkList: Sendable {
  package enum Form: String, Sendable {
    /// One identifier a line.
    case lines
    /// `geneinfo_beta.txt`: landmarks are those whose `feature_space` is landmark.
    case geneInfoBeta = "geneinfo_beta"
    /// `GSE92742` or `GSE70138_Broad_LINCS_gene_info.txt`: landmarks are those with `pr_is_lm` 1.
    case broadGeneInfo = "Broad_LINCS_gene_info"
    /// A workbook or table with a column of Entrez ids or symbols.
    case table
  }

  package struct Row: Sendable, Equatable {
    /// Line or row in the file.
    package var line: Int
    package var identifiers: [GeneIdentifier]
  }

  package let form: Form
  package let rows: [Row]
  /// Rows of a gene table that it does not call landmarks.
  package let others: Int

  /// Reads a list; its form is told by its content. Throws `FormatError` and `SourceError`.
  package init(_ input: InputFile) throws {
    if [.text, .gzip, .zip].contains(input.content), let lines = try Self.singleColumn(input) {
      (form, rows, others) = (.lines, lines, 0)
      return
    }
    let table = try RecordTable.read(input, columns: Self.requests)
    guard table.has("entrez") || table.has("symbol") || table.has("ensembl") else {
      throw SourceError(
        .wrongLayout, at: Place(input.path, line: 1), "no column holds Entrez ids, Ensembl ids or symbols",
        remedy: "give a list with one gene a line, or a table with a column named symbol")
    }
    let flags = table.has("feature_space") ? table["feature_space"] : table["is_landmark"]
    let hasFlags = table.has("feature_space") || table.has("is_landmark")
    form = table.has("feature_space") ? .geneInfoBeta : table.has("is_landmark") ? .broadGeneInfo : .table
    let kept = (0..<table.count).filter { !hasFlags || Self.landmarkFlags.contains(flags[$0].lowercased()) }
    others = table.count - kept.count
    let columns: [(IdentifierKind, [String])] = [
      (.entrez, table["entrez"]), (.ensembl, table["ensembl"]), (.l1000Symbol, table["symbol"]),
    ]
    rows = kept.map { record in
      Row(
        line: table.lines[record],
        identifiers: columns.compactMap { kind, values in
          values[record].isEmpty ? nil : GeneIdentifier(kind, values[record])
        })
    }
  }

  private static let landmarkFlags: Set<String> = ["landmark", "1", "true", "t", "yes"]

  private static let requests = [
    ColumnRequest("entrez", ["gene_id", "pr_gene_id", "Entrez ID", "entrez", "entrez_gene_id"], required: false),
    ColumnRequest("symbol", ["gene_symbol", "pr_gene_symbol", "Gene Symbol", "symbol"], required: false),
    ColumnRequest("ensembl", ["ensembl_id", "ensembl"], required: false),
    ColumnRequest("feature_space", required: false),
    ColumnRequest("is_landmark", ["pr_is_lm", "is_lm"], required: false),
  ]

  /// The lines of a file without delimiters; nil where a line holds one.
  private static func singleColumn(_ input: InputFile) throws -> [Row]? {
    let lines = LineReader(try input.source(), path: input.path)
    var rows: [Row] = []
    while let line = try lines.next() {
      if line.contains(where: { $0 == 0x09 || $0 == 0x2C || $0 == 0x3B }) { return nil }
      let text = String(decoding: line, as: UTF8.self).withSingleSpaces
      if !text.isEmpty { rows.append(Row(line: lines.line, identifiers: [GeneIdentifier(nil, text)])) }
    }
    guard !rows.isEmpty else {
      throw SourceError(.missing, at: Place(input.path), "the list is empty", remedy: "check the download")
    }
    return rows
  }
}
