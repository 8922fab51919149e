import ArgumentParser
import Embedding
import Prediction

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the parts that --shard made: of a block, of pairs, or of scores.",
    discussion: """
      A block goes into its cohort's store, pairs into a store of their own, and scores into one beside the cohort's. \
      What is written is the same, byte for byte, as after a run in one go. A part that is missing, named twice, or of \
      another store, model or division is an error, and nothing is written.

      Examples:
        therapi merge tcga.h5ad tcga.X_geneformer.*.part
        therapi merge tcga.pairs.h5ad tcga.pairs.*.part
        therapi merge tcga.h5ad tcga.scores.*.part --csv scores.csv.gz
      """)

  @Argument(
    help: "The store: the cohort's for a block, the one to write for pairs.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @Argument(help: "The parts.", completion: .file(extensions: ["part"]))
  var parts: [String]

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The scores to write (default: NAME.scores.h5ad beside the store).", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Write the scores as a table too; compressed if it ends in .gz.", valueName: "file"))
  var csv: String?

  @OptionGroup var reporting: ReportOptions

  func run() throws {
    guard let first = parts.first else { preconditionFailure("arguments that were parsed") }
    if ScoreMerge.takes(first) {
      let report = try ScoreMerge(reading: parts).write(
        store, output: output ?? ScoringRun.output(of: store), csv: csv)
      return try reporting.write(report, text: report.text)
    }
    guard output == nil, csv == nil else { throw ValidationError("--output and --csv are for parts of scores.") }
    let report =
      if try PairMerge.isPart(first) {
        try PairMerge(reading: parts).write(to: store)
      } else {
        try BlockMerge(reading: parts).write(to: store)
      }
    try reporting.write(report, text: report.text)
  }
}
