import ArgumentParser
import Embedding

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the parts of a block that --shard made, and write it into its store.",
    discussion: """
      The store is then the same, byte for byte, as after a run in one go. A part that is missing, named twice, or of \
      another store, model or division is an error, and nothing is written.

      Example:
        therapi merge tcga.h5ad tcga.X_geneformer.*.part
      """)

  @Argument(help: "The store.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @Argument(help: "The parts.", completion: .file(extensions: ["part"]))
  var parts: [String]

  @Flag(help: "Report as JSON.")
  var json = false

  func run() throws {
    let report = try BlockMerge(reading: parts).write(to: store)
    try json ? Output.write(json: report) : Output.write(report.text)
  }
}
