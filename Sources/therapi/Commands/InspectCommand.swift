import ArgumentParser
import Inspection

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a store is and what it holds.",
    discussion: """
      Sizes, unit with its evidence, tissues, missing genes, responses, survival, embeddings and whether they are \
      stale, provenance; of an aligned cohort its measures, and of which cell lines and tissues the patients are \
      mixtures. It takes a moment whatever the size, as X of a large store is not read; `verify` reads everything.

      Examples:
        therapi inspect tcga.h5ad
        therapi inspect tcga.h5ad --json | jq .genes.missing
      """)

  @Argument(help: "The store, an .h5ad file.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @OptionGroup var reporting: ReportOptions

  func run() throws {
    let inspection = try StoreInspection(of: store)
    try reporting.write(inspection, text: inspection.text)
  }
}
