import ArgumentParser
import Exchange

extension ExportFormat: ExpressibleByArgument {}

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a part of a store as csv, tsv, npy, gct or gctx.",
    discussion: """
      A matrix has a sample a row (a gene a row in gct and gctx, as everywhere) and single-precision numbers in the \
      shortest form that reads back to the same number. Genes that the source never measured are 0: the column \
      `measured` of `--what var` tells which. npy holds no names: take them from the first columns of `--what obs` \
      (rows) and `--what var` (columns), which are in the same order. In csv and tsv a gap is an empty field.

      The file appears whole or not at all, and replaces one of its name. Without -o it is named after the store, in \
      this folder. A name that ends in .gz is compressed as with --gzip.

      Examples:
        therapi export tcga.h5ad --to csv --gzip
        therapi export tcga.h5ad --to tsv --what responses -o - | head
        therapi export tcga.h5ad --to npy --obsm X_therapi -o latents.npy
        therapi export tcga.h5ad --to gctx
      """)

  enum Part: String, ExpressibleByArgument, CaseIterable {
    case x = "X"
    case obs
    case genes = "var"
    case responses
  }

  @Argument(help: "The store, an .h5ad file.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @Option(name: .customLong("to"), help: ArgumentHelp("The format.", valueName: "format"))
  var format: ExportFormat

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "path"), completion: .file())
  var output: String?

  @Option(help: "Which part: the matrix, the table of samples, of genes, or of drug responses (default: X).")
  var what: Part?

  @Option(help: ArgumentHelp("Write this layer instead of X.", valueName: "name"))
  var layer: String?

  @Option(help: ArgumentHelp("Write this embedding instead of X.", valueName: "name"))
  var obsm: String?

  @Flag(help: "Write a gene a row instead of a sample.")
  var genesAsRows = false

  @Flag(help: "Compress with gzip.")
  var gzip = false

  @OptionGroup var log: LogOptions

  func validate() throws {
    let parts = [what != nil ? "--what" : nil, layer != nil ? "--layer" : nil, obsm != nil ? "--obsm" : nil]
    let given = parts.compactMap(\.self)
    guard given.count < 2 else { throw ValidationError("\(given.joined(separator: " and ")) exclude each other.") }
  }

  func run() throws {
    let isCompressed = gzip || output?.hasSuffix(".gz") == true
    let export = StoreExport(subject, as: format, genesAsRows: genesAsRows, isCompressed: isCompressed)
    let path = output ?? defaultPath
    let summary = try export.write(store, to: path == "-" ? .standardOutput : .file(path))
    let (_, logger) = log.start()
    if summary.unmeasured > 0 {
      logger.notice("\(summary.unmeasured) genes were never measured and stand as 0; see --what var")
    }
    logger.notice("wrote \(summary.rows) x \(summary.columns) to \(path == "-" ? "standard output" : path)")
  }

  private var subject: ExportSubject {
    if let layer { return .layer(layer) }
    if let obsm { return .obsm(obsm) }
    return switch what ?? .x {
    case .x: .x
    case .obs: .obs
    case .genes: .genes
    case .responses: .responses
    }
  }

  /// `tcga.h5ad` becomes `tcga.csv`, `tcga.obs.csv`, `tcga.csv.gz`.
  private var defaultPath: String {
    var name = store.split(separator: "/").last.map(String.init) ?? store
    if name.hasSuffix(".h5ad") { name.removeLast(5) }
    let parts = [name, subject.word, format.rawValue, gzip ? "gz" : nil]
    return parts.compactMap(\.self).joined(separator: ".")
  }
}
