import Formats
import Genes
import Problems

/// How a portal lays out a matrix of expression; the raw values are the configuration's words.
package enum ExpressionLayout: String, Sendable, CaseIterable {
  /// UCSC Xena: genes x samples, one column of identifiers.
  case xena
  /// cBioPortal: genes x samples after `Hugo_Symbol` and `Entrez_Gene_Id`.
  case cBioPortal = "cbioportal"
  /// GDSC's RMA table: `GENE_SYMBOLS`, `GENE_title`, then `DATA.<COSMIC id>`.
  case gdscRMA = "gdsc-rma"
  /// Cell Model Passports: genes x models under rows that describe the models.
  case cellModelPassports = "cell-model-passports"
  /// DepMap: models x genes named `SYMBOL (Entrez)`.
  case depMap = "depmap"
  case seriesMatrix = "series-matrix"
  case gct
  case gctx
  /// Any delimited table with one gene a row.
  case geneRows = "gene-rows"
  /// Any delimited table with one sample a row.
  case sampleRows = "sample-rows"
  /// A pickle of PyTorch vectors by sample, with a list of genes beside it.
  case torchVectors = "torch-vectors"

  /// Opens `input` in this layout. Throws `SourceError` and `FormatError`.
  package func open(_ input: InputFile, options: MatrixOptions) throws -> ExpressionSource {
    try checkContent(of: input)
    switch self {
    case .xena, .geneRows, .cBioPortal, .gdscRMA:
      return .geneRows(try TextGeneRows(table(input, options), layout: self, options: options))
    case .cellModelPassports:
      return .geneRows(try PassportRows(table(input, options)))
    case .seriesMatrix:
      return .geneRows(try SeriesMatrixRows(input, kind: options.identifierKind))
    case .gct:
      return .geneRows(try GCTRows(input, kind: options.identifierKind))
    case .gctx:
      return .sampleRows(try GCTXRows(input, kind: options.identifierKind))
    case .depMap, .sampleRows:
      return .sampleRows(try TextSampleRows(table(input, options), layout: self, options: options))
    case .torchVectors:
      return .sampleRows(try TorchVectorRows(input, genes: options.geneList, kind: options.identifierKind))
    }
  }

  private func table(_ input: InputFile, _ options: MatrixOptions) throws -> TableReader {
    var table = TableOptions()
    table.comment = UInt8(ascii: "#")
    table.delimiter = options.delimiter
    if self == .xena { table.quoting = TableOptions.Quoting.none }
    return try TableReader(input.source(entry: options.entry), path: input.path, options: table)
  }

  /// The content decides, not the name: a GCT named .gctx is told apart here.
  private func checkContent(of input: InputFile) throws {
    let wanted: Set<InputFile.Content> =
      switch self {
      case .gctx: [.hdf5]
      case .torchVectors: [.pickle, .zip]
      default: [.text, .gzip, .zip]
      }
    guard wanted.contains(input.content) else {
      throw SourceError(
        .wrongLayout, at: Place(input.path),
        "the file is \(input.content.rawValue) by its content, the layout \(rawValue) is not",
        remedy: remedy(for: input.content))
    }
  }

  private func remedy(for content: InputFile.Content) -> String {
    switch (self, content) {
    case (.gctx, .text): "a GCT text, whatever its name, is read with the layout gct"
    case (.gctx, .gzip), (.gctx, .zip): "unpack it: HDF5 is read from the file itself; a GCT text needs the layout gct"
    case (.gct, .hdf5): "an HDF5 matrix, whatever its name, is read with the layout gctx"
    default: "check which file and layout the configuration names"
    }
  }
}

/// What a layout cannot tell by itself.
package struct MatrixOptions: Sendable {
  /// Columns that name a gene, with the kind of identifier they hold; empty: the first column.
  package var geneColumns: [(name: String, kind: IdentifierKind?)] = []
  /// Column that names the sample, in sample rows; nil: the first.
  package var sampleColumn: String?
  /// Columns that hold neither identifiers nor values.
  package var ignoredColumns: Set<String> = []
  /// Kind of the identifiers where the layout has one column of them.
  package var identifierKind: IdentifierKind?
  package var delimiter: TableOptions.Delimiter?
  /// The file inside a zip archive of several.
  package var entry: String?
  /// A file with one gene a line, for vectors without names.
  package var geneList: InputFile?

  package init() {}
}
