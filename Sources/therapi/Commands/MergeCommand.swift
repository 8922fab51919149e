import ArgumentParser
import Embedding

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the parts of a block, or of a store of pairs, that --shard made.",
    discussion: """
      A block goes into its cohort's store, pairs into a store of their own. The store is then the same, byte for \
      byte, as after a run in one go. A part that is missing, named twice, or of another store, model or division is \
      an error, and nothing is written.

      Examples:
        therapi merge tcga.h5ad tcga.X_geneformer.*.part
        therapi merge tcga.pairs.h5ad tcga.pairs.*.part
      """)

  @Argument(
    help: "The store: the cohort's for a block, the one to write for pairs.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @Argument(help: "The parts.", completion: .file(extensions: ["part"]))
  var parts: [String]

  @Flag(help: "Report as JSON.")
  var json = false

  func run() throws {
    let report =
      if let first = parts.first, try PairMerge.isPart(first) {
        try PairMerge(reading: parts).write(to: store)
      } else {
        try BlockMerge(reading: parts).write(to: store)
      }
    try json ? Output.write(json: report) : Output.write(report.text)
  }
}
