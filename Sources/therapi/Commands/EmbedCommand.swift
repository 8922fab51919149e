import ArgumentParser

struct EmbedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed", abstract: "Run a foundation model over a store, and keep what it gives.",
    subcommands: [PerturbationCommand.self, TrainPerturbationCommand.self])
}
