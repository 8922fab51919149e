import ArgumentParser
import Embedding
import Matrices
import Prediction
import Runs

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train response predictors on the pairs of a store of cell lines, fold by fold.",
    discussion: """
      The store has responses, rank embeddings (`therapi embed rank`) and drugs embedded by the perturbation model \
      (`therapi embed perturbation --drugs-only`). The pairs are cut into folds: each fold is tested once by a \
      predictor that the fold behind it stops and the others train. Random pairs, as the paper takes them, have every \
      line and every drug of a test in its training too; --split line, drug or tissue holds them out as a whole.

      The folder of --output gets fold-00.safetensors and so on, splits.csv, curves.csv, predictions.csv (log odds of \
      each pair by the predictor that did not see it) and run.json. A run that is stopped or killed goes on where it \
      was, to the same bits, when the same command is given again.

      Examples:
        therapi train gdsc.h5ad --perturbation small.safetensors -o runs/pairs
        therapi train gdsc.h5ad --perturbation small.safetensors --split drug --without rank -o runs/new-drugs
      """)

  @Argument(help: "The store of the cell lines.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @Option(
    help: ArgumentHelp(
      "The perturbation model: a checkpoint of CSG2A, or a file that therapi trained.", valueName: "file"))
  var perturbation: String?

  @OptionGroup var checkpoint: CheckpointOptions

  @Option(help: "A whole set of settings: paper or reference.")
  var preset = PredictorPreset.paper

  @Option(help: "What a fold holds out as a whole: pair, line, drug or tissue.")
  var split = SplitRule.pair

  @Option(help: "Folds, 3 or more.")
  var folds: Int?

  @Option(help: ArgumentHelp("Leave a branch out: rank or perturbation; can be repeated.", valueName: "branch"))
  var without: [PredictorBranch] = []

  @Option(help: "Seed of the folds, the weights, the order of pairs and dropout.")
  var seed: Int?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Replace a setting: batch-size, epochs, learning-rate, patience, dropout, head; can be repeated.",
      valueName: "key=value"))
  var settings: [String] = []

  @Option(
    name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output: String

  @Flag(help: "Begin anew: take away what an earlier run left in the folder.")
  var restart = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var reporting: ReportOptions

  @OptionGroup var log: LogOptions

  func validate() throws {
    guard folds.map({ (3...100).contains($0) }) ?? true else { throw ValidationError("--folds must be from 3 to 100.") }
    guard seed.map({ (0...0xFFFF_FFFF).contains($0) }) ?? true else {
      throw ValidationError("--seed must be from 0 to 4294967295.")
    }
    guard !without.contains(.drug) else {
      throw ValidationError("--without drug: the drug is what a response is asked for; leave out rank or perturbation.")
    }
    guard perturbation != nil || without.contains(.perturbation) else {
      throw ValidationError("Give the model as --perturbation, or leave that branch out with --without perturbation.")
    }
    guard !output.isEmpty else { throw ValidationError("--output is empty.") }
  }

  func run() throws {
    let (progress, logger) = log.start()
    defer { (progress as? TerminalProgress)?.clear() }
    let settings = try chosen()
    let model = try perturbation.map(checkpoint.read)
    let source = try PredictorSource(
      store, model: model, settings: settings, lanes: Lanes(threads.count), progress: progress)
    let run = PredictorRun(preset, settings, output: output, lanes: threads.count, progress: progress, logger: logger)
    let report = try run.run(source, restarts: restart)
    (progress as? TerminalProgress)?.clear()
    try reporting.write(report, text: report.text)
  }

  private func chosen() throws -> PredictorSettings {
    var chosen = preset.settings
    chosen.split = split
    chosen.without = PredictorBranch.allCases.filter(without.contains)
    if let folds { chosen.folds = folds }
    if let seed { chosen.seed = seed }
    for setting in settings { try chosen.set(setting) }
    return chosen
  }
}

extension PredictorPreset: ExpressibleByArgument {}
extension SplitRule: ExpressibleByArgument {}
extension PredictorBranch: ExpressibleByArgument {}
