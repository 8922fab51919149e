import ArgumentParser
import Embedding
import Foundation

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the models that therapi can use: where their files go, how to get them, their licences.",
    discussion: """
      Nothing is downloaded. Files are looked for in FOLDER/NAME; FOLDER is --models, else THERAPI_MODELS, else \
      ~/.local/share/therapi/models.
      """)

  @Option(help: ArgumentHelp("The folder of the models.", valueName: "dir"), completion: .directory)
  var models: String?

  @OptionGroup var reporting: ReportOptions

  func run() throws {
    let folder = ModelCatalog.folder(option: models, environment: ProcessInfo.processInfo.environment)
    let catalog = try ModelCatalog(in: folder)
    try reporting.write(catalog, text: catalog.text)
  }
}
