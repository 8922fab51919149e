import ArgumentParser
import Embedding
import Genes
import Runs

struct TrainPerturbationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train-perturbation",
    abstract: "Train a perturbation model of CSG2A's design on tables. What it gives is not CSG2A.",
    discussion: """
      --conditions has canonical_smiles and, where known, dose (uM) and time (h); --treated and --untreated have a \
      header of genes and as many rows in the same order, z-scores. Without --untreated the rows of --treated are taken \
      as signatures of drugs. Some drugs are held out; the report sets the loss on them beside that of the mean change. \
      A training that is stopped or killed goes on where it was, to the same bits.

      Example:
        therapi embed train-perturbation --treated after.csv --untreated before.csv --conditions conditions.csv \
      -o small.safetensors --width 64 --layers 2 --heads 4
      """)

  @Option(help: ArgumentHelp("Expression after the drugs.", valueName: "file"))
  var treated: String

  @Option(help: ArgumentHelp("Expression before them.", valueName: "file"))
  var untreated: String?

  @Option(help: ArgumentHelp("Drugs, doses and times, a row for each of the others' rows.", valueName: "file"))
  var conditions: String

  @Option(help: ArgumentHelp("STRING's links between genes: a table with source and target.", valueName: "file"))
  var links: String?

  @Option(
    name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The model to write.", valueName: "file"))
  var output: String

  @Option(help: "Width of the genes' vectors.")
  var hidden = PerturbationTrainingSettings().hidden

  @Option(help: "Width of the molecule transformer.")
  var width = PerturbationTrainingSettings().transformer.width

  @Option(help: "Its layers.")
  var layers = PerturbationTrainingSettings().transformer.layers

  @Option(help: "Its heads.")
  var heads = PerturbationTrainingSettings().transformer.heads

  @Option(help: "The most epochs.")
  var epochs = PerturbationTrainingSettings().epochs

  @Option(help: "Rows a step.")
  var batchSize = PerturbationTrainingSettings().batchSize

  @Option(help: "Learning rate of Adam.")
  var learningRate = PerturbationTrainingSettings().learningRate

  @Option(help: "Epochs without a better loss on the drugs held out after which training ends.")
  var patience = PerturbationTrainingSettings().patience

  @Option(help: "Share of the drugs that is held out.")
  var heldOut = PerturbationTrainingSettings().heldOut

  @Option(help: "Seed of the weights, the order of rows, dropout and the drugs held out.")
  var seed = PerturbationTrainingSettings().seed

  @Flag(help: "Begin anew: leave an unfinished training out of account.")
  var restart = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var reporting: ReportOptions

  @OptionGroup var log: LogOptions

  func validate() throws {
    guard [hidden, width, layers, heads, epochs, patience].allSatisfy({ $0 > 0 }), width % heads == 0, width > 1 else {
      throw ValidationError("Sizes must be above 0, and --heads must divide --width.")
    }
    guard batchSize > 1, learningRate > 0, seed >= 0, heldOut > 0, heldOut < 1 else {
      throw ValidationError("--batch-size above 1, --learning-rate above 0, --seed from 0, --held-out between 0 and 1.")
    }
  }

  func run() throws {
    let (progress, logger) = log.start()
    defer { (progress as? TerminalProgress)?.clear() }
    var settings = PerturbationTrainingSettings()
    settings.hidden = hidden
    settings.transformer = .init(width: width, layers: layers, heads: heads)
    (settings.epochs, settings.batchSize, settings.learningRate) = (epochs, batchSize, learningRate)
    (settings.patience, settings.heldOut, settings.seed) = (patience, heldOut, seed)
    progress.begin("reading the tables")
    let examples = try PerturbationExamples(
      treated: treated, untreated: untreated, conditions: conditions, conformerSeed: settings.conformerSeed)
    let links = try links.map { try GeneLinks(reading: $0, genes: .panel) } ?? GeneLinks(none: LandmarkPanel.count)
    let run = PerturbationTrainingRun(
      settings, output: output, lanes: threads.count, progress: progress, logger: logger)
    let report = try run.run(examples, links: links.counts, restarts: restart)
    (progress as? TerminalProgress)?.clear()
    try reporting.write(report, text: report.text)
  }
}
