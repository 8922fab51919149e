import ArgumentParser
import Glibc
import Ingest
import Runs

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Make a cohort store from portals' files, as a configuration tells.",
    discussion: """
      The store appears whole or not at all, and replaces one of its name. Everything that is left out is counted \
      with its reason, here and in the store.

      Examples:
        therapi ingest ingest-configs/tcga-toil.yaml
        therapi ingest ingest-configs/gdsc-rma.yaml --set root=/data -o gdsc.h5ad
        therapi ingest my-cohort.yaml --dry-run --json
      """)

  @Argument(help: ArgumentHelp("The configuration, a YAML file.", valueName: "config"), completion: .file())
  var path: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Replace a value of the configuration, by its dotted key; can be repeated.", valueName: "key=value"))
  var settings: [String] = []

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The store to write (default: NAME.h5ad in this folder).", valueName: "store"),
    completion: .file())
  var output: String?

  @Flag(help: "Read and check everything, but write nothing.")
  var dryRun = false

  @OptionGroup var reporting: ReportOptions

  @OptionGroup var log: LogOptions

  func run() throws {
    let configuration = try IngestConfiguration(path: path, settings: settings)
    let (progress, logger) = log.start()
    let run = IngestRun(configuration, progress: progress, logger: logger)
    let store = output ?? "\(configuration.name).h5ad"
    if !dryRun, access(store, F_OK) == 0 { logger.notice("replacing \(store)") }
    let report = try Self.cleared(progress) { try dryRun ? run.cohort().report : run.commit(to: store) }
    try reporting.write(report, text: report.text)
  }

  /// Runs the work and takes the progress line away, whatever comes of it.
  private static func cleared<Result>(
    _ progress: any RunProgress, _ work: () throws -> Result
  ) rethrows -> Result {
    defer { (progress as? TerminalProgress)?.clear() }
    return try work()
  }
}
