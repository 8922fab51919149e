import ArgumentParser
import Embedding
import Foundation
import Prediction
import Runs

extension Ablation: ExpressibleByArgument {}

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score every sample of a cohort with drugs, by the predictors that therapi train made.",
    discussion: """
      The scores go into a store of their own, NAME.scores.h5ad: a row for each sample with each drug, with the mean of \
      the folds' log odds, their standard deviation and the mean probability, and the label where the cohort has one. \
      Expression before the drug is layers/aligned, standardised as the cell lines of --source were in training; with \
      --without alignment it is X, standardised by the cohort's own means and deviations.

      Drugs' embeddings are taken from the store of --source, else from the store itself. A run that is stopped or \
      killed goes on where it was when the same command is given again.

      Examples:
        therapi score tcga.h5ad --drugs all --model run --source gdsc.h5ad --perturbation small.safetensors
        therapi score tcga.h5ad --drugs Erlotinib,Oxaliplatin --model run --source gdsc.h5ad \\
          --perturbation small.safetensors --csv scores.csv.gz
        therapi score tcga.h5ad --model run --source gdsc.h5ad --perturbation small.safetensors --shard 1/4
        therapi merge tcga.h5ad tcga.scores.*.part
      """)

  @Argument(help: "The cohort's store.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @Option(help: ArgumentHelp("The folder that therapi train wrote.", valueName: "dir"), completion: .directory)
  var model: String

  @Option(
    help: ArgumentHelp("all of the run, names with commas between, or a file with a column drug.", valueName: "which"))
  var drugs = "all"

  @Option(help: ArgumentHelp("The store that the run was trained on.", valueName: "store"))
  var source: String?

  @OptionGroup(title: "Perturbation model") var perturbation: ScoringModelOptions

  @Option(help: ArgumentHelp("Leave out alignment, rank or perturbation; may be repeated.", valueName: "part"))
  var without: [Ablation] = []

  @Option(help: ArgumentHelp("Score one of n parts of the samples into a file of its own.", valueName: "i/n"))
  var shard: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write (default: NAME.scores.h5ad beside the store).", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Write the scores as a table too; compressed if it ends in .gz.", valueName: "file"))
  var csv: String?

  @Flag(help: "Score anew what is there already.")
  var restart = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var reporting: ReportOptions

  @OptionGroup var log: LogOptions

  func validate() throws {
    if let shard {
      guard Shard(shard) != nil else { throw ValidationError("--shard is i/n with 1 <= i <= n, such as 2/5.") }
      guard csv == nil else { throw ValidationError("--csv is of a whole cohort: give it to merge.") }
    }
  }

  func run() throws {
    let (progress, logger) = log.start()
    defer { (progress as? TerminalProgress)?.clear() }
    let options = ScoringRun.Options(
      run: model, model: try perturbation.model(), source: source, drugs: selection, without: Set(without),
      restarts: restart)
    let shard = shard.flatMap { Shard($0) } ?? .whole
    let report = try ScoringRun(options, lanes: threads.count, progress: progress, logger: logger).score(
      store, output: output ?? ScoringRun.output(of: store, shard), csv: csv, shard: shard)
    (progress as? TerminalProgress)?.clear()
    try reporting.write(report, text: report.text)
  }

  /// A word that names a file is one; everything else is names.
  private var selection: DrugSelection {
    if drugs == "all" { return .all }
    if FileManager.default.fileExists(atPath: drugs) { return .table(drugs) }
    return .names(
      drugs.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty })
  }
}

/// The perturbation model that a run was trained with.
struct ScoringModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The model that the run was trained with: a checkpoint of CSG2A, or a file that therapi trained.",
      valueName: "file"))
  var perturbation: String?

  @OptionGroup var checkpoint: CheckpointOptions

  func model() throws -> PerturbationModel? { try perturbation.map(checkpoint.read) }
}
