import ArgumentParser
import Inspection

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a store is and what it holds.",
    discussion: """
      Sizes, unit with its evidence, tissues, missing genes, responses, survival, embeddings and whether they are \
      stale, provenance. It takes a moment whatever the size, as the matrices of a large store are not read; `verify` \
      reads everything.

      Examples:
        therapi inspect tcga.h5ad
        therapi inspect tcga.h5ad --json | jq .genes.missing
      """)

  @Argument(help: "The store, an .h5ad file.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @Flag(help: "Show everything as JSON, nothing shortened.")
  var json = false

  func run() throws {
    let inspection = try StoreInspection(of: store)
    try json ? Output.write(json: inspection) : Output.write(inspection.text)
  }
}
