import ArgumentParser
import Outcomes

struct SurvivalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survival",
    abstract: "Compare the survival of patients above and below the median of their tissue.",
    discussion: """
      For each tissue and endpoint, and for all tissues together (as strata): patients and events, the hazard ratio of \
      high against low (Cox, Efron ties) with 95 % interval, p of Cox's model and of the log-rank test, \
      Benjamini-Hochberg's q over all tissues and endpoints, the median survival of each group. A patient at the \
      median belongs to neither group. Where nothing can be estimated, the reason stands instead. Several stores are \
      taken as one cohort.

      Examples:
        therapi survival tcga.h5ad
        therapi survival one.h5ad two.h5ad --endpoints OS,PFI --csv table.csv
        therapi survival tcga.h5ad --by age --json
      """)

  @Argument(help: "The stores, .h5ad files.", completion: .file(extensions: ["h5ad"]))
  var stores: [String]

  @Option(help: ArgumentHelp("Column of obs that divides the patients.", valueName: "column"))
  var by = SurvivalSettings().by

  @Option(
    help: ArgumentHelp(
      "Endpoints, with commas between: columns of events, whose times stand in NAME.time.", valueName: "names"))
  var endpoints = SurvivalSettings.endpoints.joined(separator: ",")

  @Option(help: ArgumentHelp("Column of obs that holds the tissue.", valueName: "column"))
  var tissueColumn = SurvivalSettings().tissueColumn

  @Option(
    name: .customLong("min"), help: ArgumentHelp("Least number of patients in each group.", valueName: "count"))
  var least = SurvivalSettings().leastGroup

  @Option(help: ArgumentHelp("Write the table as CSV too.", valueName: "path"), completion: .file())
  var csv: String?

  @OptionGroup var reporting: ReportOptions

  private var names: [String] {
    endpoints.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
  }

  func validate() throws {
    guard least > 0 else { throw ValidationError("--min must be 1 or more.") }
    guard !names.isEmpty, Set(names).count == names.count else {
      throw ValidationError("--endpoints must name endpoints, each once.")
    }
    guard !stores.isEmpty else { throw ValidationError("Name a store.") }
  }

  func run() throws {
    let report = try SurvivalReport(
      stores,
      settings: SurvivalSettings(by: by, endpoints: names, tissueColumn: tissueColumn, leastGroup: least))
    if let csv { try report.write(csv: csv) }
    try reporting.write(report, text: report.text)
  }
}
