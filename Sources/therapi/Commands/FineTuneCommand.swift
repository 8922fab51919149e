import ArgumentParser
import Embedding
import Molecules
import Runs

struct FineTuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fine-tune",
    abstract: "Tune a perturbation model to the ln IC50 of cell lines.",
    discussion: """
      A head on expression before and after the drug and on the compound learns ln IC50 from the store's responses; \
      with --weights free the model's own weights change with it. The learning rate falls along a cosine. Some cell \
      lines (or pairs, or drugs) tell when to stop, others are held out; the report sets the error on them beside that \
      of the drug's mean. A tuning that is stopped or killed goes on where it was, to the same bits.

      The file that comes out is a model for `therapi embed perturbation`. Where the weights are CSG2A's it is a work \
      made from them, under their licence.

      Example:
        therapi embed fine-tune gdsc.h5ad --model small.safetensors -o tuned.safetensors --weights free
      """)

  @Argument(help: "The store of cell lines with GDSC's responses.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @OptionGroup(title: "Model") var source: PerturbationModelOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The tuned model to write.", valueName: "file"))
  var output: String

  @Option(help: "The model's weights: frozen or free.")
  var weights = ResponseTuningSettings().weights

  @Option(help: "What is held out as a whole: pairs, samples or drugs.")
  var holdOut = ResponseTuningSettings().holdOut

  @Option(
    help: ArgumentHelp(
      "A table of drugs with their SMILES (drug, smiles), instead of the store's own.", valueName: "file"))
  var drugs: String?

  @Option(help: "Width of the head's branches.")
  var width = ResponseTuningSettings().width

  @Option(help: "Epochs, over which the learning rate falls to none.")
  var epochs = ResponseTuningSettings().epochs

  @Option(help: "Pairs a step.")
  var batchSize = ResponseTuningSettings().batchSize

  @Option(help: "Learning rate of Adam in the first epoch.")
  var learningRate = ResponseTuningSettings().learningRate

  @Option(help: "Epochs without a better error on the validation pairs after which it ends.")
  var patience = ResponseTuningSettings().patience

  @Option(help: "Seed of the head's weights, the order of pairs, dropout and what is held out.")
  var seed = ResponseTuningSettings().seed

  @Flag(help: "Take expression in any unit, also one that is no logarithm.")
  var anyUnit = false

  @Flag(help: "Begin anew: leave an unfinished tuning out of account.")
  var restart = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var reporting: ReportOptions

  @OptionGroup var log: LogOptions

  func validate() throws {
    guard width > 0, epochs > 0, patience > 0, batchSize > 1, learningRate > 0, seed >= 0 else {
      throw ValidationError(
        "--width, --epochs, --patience and --learning-rate above 0, --batch-size above 1, --seed from 0.")
    }
  }

  func run() throws {
    let (progress, logger) = log.start()
    defer { (progress as? TerminalProgress)?.clear() }
    let list = try drugs.map { try DrugList(reading: $0) }
    var settings = ResponseTuningSettings()
    (settings.weights, settings.holdOut, settings.width) = (weights, holdOut, width)
    (settings.epochs, settings.batchSize, settings.learningRate) = (epochs, batchSize, learningRate)
    (settings.patience, settings.seed) = (patience, seed)
    let run = ResponseTuningRun(
      try source.read(), settings, inputs: PerturbationSettings(takesAnyUnit: anyUnit), output: output,
      lanes: threads.count, progress: progress, logger: logger)
    let report = try run.run(on: store, drugs: list, restarts: restart)
    (progress as? TerminalProgress)?.clear()
    try reporting.write(report, text: report.text)
  }
}

/// A perturbation model, from CSG2A's files or from one of ours.
struct PerturbationModelOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The model: a checkpoint of CSG2A, or a file that therapi trained.", valueName: "file"))
  var model: String

  @OptionGroup var checkpoint: CheckpointOptions

  func read() throws -> PerturbationModel { try checkpoint.read(model) }
}

extension ResponseTuningSettings.Weights: ExpressibleByArgument {}
extension ResponseTuningSettings.HoldOut: ExpressibleByArgument {}
