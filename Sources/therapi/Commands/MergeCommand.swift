import ArgumentParser
import Embedding
import Prediction

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the parts that --shard made: a block of a store, or the scores of a cohort.",
    discussion: """
      What is written is the same, byte for byte, as after a run in one go. A part that is missing, named twice, or of \
      another store, model or division is an error, and nothing is written.

      Examples:
        therapi merge tcga.h5ad tcga.X_geneformer.*.part
        therapi merge tcga.h5ad tcga.scores.*.part --csv scores.csv.gz
      """)

  @Argument(help: "The store.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @Argument(help: "The parts.", completion: .file(extensions: ["part"]))
  var parts: [String]

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The scores to write (default: NAME.scores.h5ad beside the store).", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Write the scores as a table too; compressed if it ends in .gz.", valueName: "file"))
  var csv: String?

  @Flag(help: "Report as JSON.")
  var json = false

  func run() throws {
    guard let first = parts.first, ScoreMerge.takes(first) else {
      guard output == nil, csv == nil else { throw ValidationError("--output and --csv are for parts of scores.") }
      let report = try BlockMerge(reading: parts).write(to: store)
      return try json ? Output.write(json: report) : Output.write(report.text)
    }
    let report = try ScoreMerge(reading: parts).write(
      store, output: output ?? ScoringRun.output(of: store), csv: csv)
    try json ? Output.write(json: report) : Output.write(report.text)
  }
}
