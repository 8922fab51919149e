import ArgumentParser
import Foundation
import Runs
import Study

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a whole study: from raw files to a report.",
    discussion: """
      Ingests both cohorts, aligns them, embeds samples and drugs, trains the predictors and their ablations, scores \
      the patients, evaluates, draws, and writes one HTML page with all of it. A step is done again only when what it \
      depends on has changed; a run that is stopped or killed goes on where it was when the same command is given again.

      Examples:
        therapi run study-configs/gdsc2-coadread.yaml
        therapi run study.yaml --dry-run
        therapi run study.yaml --set predictor.folds=5 --set results=quick
      """)

  @Argument(help: ArgumentHelp("The study, a YAML file.", valueName: "study"), completion: .file())
  var path: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Replace a value of the study, by its dotted key; can be repeated.", valueName: "key=value"))
  var settings: [String] = []

  @Flag(help: "Say what would be done and why, and do nothing.")
  var dryRun = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var reporting: ReportOptions

  @OptionGroup var log: LogOptions

  func run() throws {
    Memory.returnLargePieces()
    let (progress, logger) = log.start()
    defer { (progress as? TerminalProgress)?.clear() }
    let study = try StudyConfiguration(path: path, settings: settings)
    let run = StudyRun(study, lanes: threads.count, progress: progress, logger: logger)
    if dryRun {
      let plan = try run.plan()
      (progress as? TerminalProgress)?.clear()
      let width = plan.map(\.step.count).max() ?? 0
      return try reporting.write(
        ["steps": plan],
        text: plan.map { $0.step.padding(toLength: width + 2, withPad: " ", startingAt: 0) + $0.why + "\n" }.joined())
    }
    let outcome = try run.run()
    (progress as? TerminalProgress)?.clear()
    let done = outcome.done.isEmpty ? "nothing had to be done" : "done: \(outcome.done.joined(separator: ", "))"
    try reporting.write(outcome, text: "\(done)\nreport: \(outcome.report)\n")
  }
}
