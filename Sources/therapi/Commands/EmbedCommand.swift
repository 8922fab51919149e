import ArgumentParser

struct EmbedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed", abstract: "Run a foundation model over stores, and keep what it gives.",
    subcommands: [
      EmbedRankCommand.self, PerturbationCommand.self, TrainPerturbationCommand.self, FineTuneCommand.self,
    ])
}
