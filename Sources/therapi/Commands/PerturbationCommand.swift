import ArgumentParser
import Embedding
import Molecules
import Runs

struct PerturbationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "perturbation",
    abstract: "Embed pairs of samples and drugs, or drugs alone, by a perturbation model (CSG2A).",
    discussion: """
      The pairs go into a store of their own, NAME.pairs.h5ad: obs has sample, drug and label, obsm/X_csg2a the \
      expression after the drug, obsm/X_compound the drug. Expression is standardised gene by gene over the cohort. \
      With --drugs-only the drugs go into uns/drug_embeddings of the store, or into the file of --output. A run that \
      is stopped or killed goes on where it was when the same command is given again.

      CSG2A's weights are not part of therapi: give its checkpoint with --model, its list of genes with --genes and \
      STRING's links with --links. A model that therapi trained has both in its own file.

      Examples:
        therapi embed perturbation gdsc.h5ad --model csg2a.pt --genes landmark_genes.txt --links STRING_edges.csv
        therapi embed perturbation tcga.h5ad --model small.safetensors --layer aligned --drugs drugs.tsv --pairs all
        therapi embed perturbation tcga.h5ad --model small.safetensors --pairs all --shard 1/4
        therapi merge tcga.pairs.h5ad tcga.pairs.*.part
      """)

  @Argument(help: "The cohort's store.", completion: .file(extensions: ["h5ad"]))
  var store: String?

  @OptionGroup(title: "Model") var source: PerturbationModelOptions

  @Option(
    help: ArgumentHelp(
      "A table of drugs with their SMILES (drug, smiles), instead of the store's own.", valueName: "file"))
  var drugs: String?

  @Flag(help: "Take the drugs of the store, which is what happens without --drugs.")
  var fromStore = false

  @Option(help: ArgumentHelp("responses, all, or a table with sample, drug and, if known, label.", valueName: "which"))
  var pairs = "responses"

  @Flag(help: "Embed the drugs alone.")
  var drugsOnly = false

  @Option(help: ArgumentHelp("Expression to start from: X or aligned.", valueName: "layer"))
  var layer = ExpressionLayer.x

  @Option(help: "Dose of each drug, in uM.")
  var dose = 10.0

  @Option(help: "Hours after which expression is wanted.")
  var hours = 72.0

  @Option(help: "Seed of the molecules' conformers.")
  var seed: Int32 = 42

  @Option(help: ArgumentHelp("A SMILES that gives no molecule: skip or error.", valueName: "rule"))
  var invalidSmiles = DrugGraphs.FaultRule.skip

  @Flag(help: "Take expression in any unit, also one that is no logarithm.")
  var anyUnit = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write (default: NAME.pairs.h5ad beside the store).", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Embed one of n parts of the pairs into a file of its own.", valueName: "i/n"))
  var shard: String?

  @Flag(help: "Compute pairs anew that are there already.")
  var restart = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var reporting: ReportOptions

  @OptionGroup var log: LogOptions

  func validate() throws {
    guard drugs == nil || !fromStore else { throw ValidationError("Give --drugs FILE or --from-store.") }
    guard seed >= 0 else { throw ValidationError("--seed must not be negative.") }
    guard dose.isFinite, dose >= 0, hours.isFinite, hours >= 0 else {
      throw ValidationError("--dose and --hours must not be negative.")
    }
    if let shard {
      guard Shard(shard) != nil else { throw ValidationError("--shard is i/n with 1 <= i <= n, such as 2/5.") }
      guard !drugsOnly else { throw ValidationError("--shard is for pairs, not for --drugs-only.") }
    }
    guard store != nil || drugsOnly && drugs != nil && output != nil else {
      throw ValidationError("Name a store, or give --drugs-only with --drugs and --output.")
    }
  }

  func run() throws {
    let (progress, logger) = log.start()
    defer { (progress as? TerminalProgress)?.clear() }
    let list = try drugs.map { try DrugList(reading: $0) }
    let settings = PerturbationSettings(
      layer: layer, condition: DrugCondition(dose: dose, hours: hours), molecules: MoleculeSettings(seed: seed),
      rule: invalidSmiles, takesAnyUnit: anyUnit)
    let run = PerturbationRun(try source.read(), settings, lanes: threads.count, progress: progress, logger: logger)
    let report = try embed(run, list)
    (progress as? TerminalProgress)?.clear()
    try reporting.write(report, text: report.text)
  }

  private func embed(_ run: PerturbationRun, _ list: DrugList?) throws -> PerturbationRun.Report {
    if drugsOnly {
      if let list, let output { return try run.embedDrugs(list, output: output) }
      guard let store else { preconditionFailure("arguments that were validated") }
      return try run.embedDrugs(list, into: store)
    }
    guard let store else { preconditionFailure("arguments that were validated") }
    let stem = store.hasSuffix(".h5ad") ? String(store.dropLast(5)) : store
    return try run.embedPairs(
      selection, of: store, drugs: list, output: output ?? "\(stem).pairs.h5ad", shard: shard.flatMap { Shard($0) },
      restarts: restart)
  }

  private var selection: PairSelection {
    switch pairs {
    case "responses": .responses
    case "all": .all
    default: .table(pairs)
    }
  }
}

extension ExpressionLayer: ExpressibleByArgument {}
extension DrugGraphs.FaultRule: ExpressibleByArgument {}
