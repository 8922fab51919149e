import ArgumentParser
import Genes
import Inspection

struct GenesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "genes",
    abstract: "Show how the identifiers of a list match the 978 landmarks, and why not.",
    discussion: """
      Takes one identifier a line, a table with a column of Entrez ids, Ensembl ids or symbols, a workbook, or one of \
      LINCS's own gene tables; plain or compressed. Ends with 2 if nothing matches.

      Examples:
        therapi genes genes.txt
        therapi genes geneinfo_beta.txt --json
        therapi genes ids.txt --kind entrez
      """)

  /// The kinds that a list can be declared to hold; probes need the table of their platform.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case entrez
    case ensembl
    case symbol
    case l1000Symbol = "l1000-symbol"
    case symbolWithEntrez = "symbol-entrez"
    case symbolWithEnsembl = "symbol-ensembl"

    var identifierKind: IdentifierKind {
      switch self {
      case .entrez: .entrez
      case .ensembl: .ensembl
      case .symbol: .symbol
      case .l1000Symbol: .l1000Symbol
      case .symbolWithEntrez: .symbolWithEntrez
      case .symbolWithEnsembl: .symbolWithEnsembl
      }
    }
  }

  @Argument(help: "The list.", completion: .file())
  var list: String

  @Option(help: "Of what kind a plain list's identifiers are (default: seen from each).")
  var kind: Kind?

  @OptionGroup var reporting: ReportOptions

  func run() throws {
    let inspection = try GeneListInspection(of: list, as: kind?.identifierKind)
    try reporting.write(inspection, text: inspection.text)
    try Self.requireMatches(inspection)
  }

  /// The report stands on standard output already, so the error does not become a second document there.
  private static func requireMatches(_ inspection: GeneListInspection) throws {
    do {
      try inspection.requireMatches()
    } catch {
      Failure(error).report(asJSON: false)
      throw ExitCode(2)
    }
  }
}
