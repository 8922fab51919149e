import ArgumentParser
import Embedding
import Runs

extension RankLayer: ExpressibleByArgument {}

struct EmbedRankCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rank",
    abstract: "Embed samples by a Geneformer model, into obsm/X_geneformer.",
    discussion: """
      A sample becomes the sequence of its genes, ranked by amount over median; its embedding is the mean of the \
      tokens' states. Stores whose embedding is current are left alone. A run that is stopped or killed goes on where \
      it was when the same command is given again.

      The model's folder holds config.json, model.safetensors or pytorch_model.bin, token_dictionary*.pkl and \
      gene_median_dictionary*.pkl. `therapi models` tells where to get them.

      With --pretrain a small encoder of that design is trained on the stores, for those who have no such files. It is \
      not Geneformer, and says so in its files and in what is made with it. It, too, goes on where it was stopped.

      Examples:
        therapi embed rank tcga.h5ad gdsc.h5ad --model geneformer-v1-10m
        therapi embed rank tcga.h5ad --model geneformer-v1-10m --shard 1/4
        therapi merge tcga.h5ad tcga.X_geneformer.*.part
        therapi embed rank --pretrain tcga.h5ad -o small-encoder
      """)

  @Argument(help: "The stores.", completion: .file(extensions: ["h5ad"]))
  var stores: [String]

  @Option(help: ArgumentHelp("The model's folder.", valueName: "dir"), completion: .directory)
  var model: String?

  @Option(
    help: ArgumentHelp("The folder of the dictionaries (default: the model's).", valueName: "dir"),
    completion: .directory)
  var dictionaries: String?

  @Option(help: "The layer whose states are averaged: last or second-to-last.")
  var layer: RankLayer = .secondToLast

  @Option(help: ArgumentHelp("Embed one of n parts of the samples into a file of its own.", valueName: "i/n"))
  var shard: String?

  @Option(
    name: .customLong("force-unit"),
    help: ArgumentHelp("Take the values for this unit, such as 'log2(intensity)'.", valueName: "unit"))
  var forcedUnit: String?

  @Flag(help: "Make embeddings anew that are current.")
  var force = false

  @OptionGroup(title: "Training") var training: PretrainingOptions

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var reporting: ReportOptions

  @OptionGroup var log: LogOptions

  func validate() throws {
    guard !stores.isEmpty else { throw ValidationError("Name the stores to embed.") }
    if let shard, Shard(shard) == nil { throw ValidationError("--shard is i/n with 1 <= i <= n, such as 2/5.") }
    guard !training.pretrain else {
      guard model == nil, shard == nil, !force, dictionaries == nil else {
        throw ValidationError("--pretrain takes stores and -o, and nothing of an embedding.")
      }
      guard training.output != nil else { throw ValidationError("--pretrain needs -o, the folder to write.") }
      return
    }
    guard training.output == nil else { throw ValidationError("-o is for --pretrain.") }
    guard model != nil else { throw ValidationError("Name the model's folder by --model.") }
  }

  func run() throws {
    let (progress, logger) = log.start()
    defer { (progress as? TerminalProgress)?.clear() }
    if training.pretrain {
      guard let output = training.output else { preconditionFailure("arguments that were validated") }
      let report = try RankPretraining(
        stores: stores, output: output, settings: training.settings, forcedUnit: forcedUnit, lanes: threads.count,
        progress: progress, logger: logger
      ).run(restarts: training.restart)
      (progress as? TerminalProgress)?.clear()
      return try reporting.write(report, text: report.text)
    }
    guard let folder = model else { preconditionFailure("arguments that were validated") }
    progress.begin("reading \(folder)")
    let model = try RankModel(reading: folder, dictionaries: dictionaries)
    if let note = model.configuration.note { logger.notice("\(note)") }
    let run = RankRun(
      model,
      RankOptions(
        layer: layer, forcedUnit: forcedUnit, isForced: force, shard: shard.flatMap { Shard($0) },
        lanes: threads.count),
      progress: progress, logger: logger)
    var reports: [RankReport] = []
    for store in stores {
      let report = try run.run(on: store)
      reports.append(report)
      (progress as? TerminalProgress)?.clear()
      if !reporting.isJSON { try Output.write(report.text) }
    }
    if reporting.isJSON { try Output.write(json: ["stores": reports]) }
  }
}

/// What a training takes.
struct PretrainingOptions: ParsableArguments {
  @Flag(help: "Train a small encoder on the stores instead; it is not Geneformer.")
  var pretrain = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The folder to write the model to.", valueName: "dir"))
  var output: String?

  @Option(help: "Layers of the encoder.") var layers = 2
  @Option(help: "Numbers of a token's state.") var width = 64
  @Option(help: "Heads of attention.") var heads = 4
  @Option(help: "Passes through the samples.") var epochs = 10
  @Option(name: .customLong("most-tokens"), help: "Tokens of a sample that are kept, the highest ranks.")
  var mostTokens = 256
  @Option(help: "Seed of all randomness.") var seed = 42

  @Flag(help: "Begin anew: leave an unfinished training out of account.")
  var restart = false

  func validate() throws {
    guard layers > 0, width > 0, heads > 0, width % heads == 0, epochs > 0, mostTokens > 2, seed >= 0 else {
      throw ValidationError(
        "--layers, --width, --heads, --epochs and --most-tokens are above 0; heads divide the width.")
    }
  }

  var settings: PretrainingSettings {
    PretrainingSettings(
      layers: layers, width: width, heads: heads, epochs: epochs, mostTokens: mostTokens, seed: UInt64(seed))
  }
}
