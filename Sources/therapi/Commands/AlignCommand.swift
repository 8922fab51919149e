import Alignment
import ArgumentParser
import Runs

struct AlignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "align",
    abstract: "Express patients as mixtures of cell lines: train an aligner, or apply one.",
    discussion: """
      Training takes a store of cell lines and one or more stores of patients, and writes a checkpoint \
      (safetensors). Into the patients' stores it writes the latents (obsm/X_therapi), the weights of the cell lines \
      (obsm/therapi_weights), the aligned expression (layers/aligned) and the entropy of the weights \
      (obs/heterogeneity); into the cell lines' store their latents. A training that is stopped or killed goes on \
      where it was, to the same bits, when the same command is given again.

      With --apply the stores named are mapped by a checkpoint, without training.

      Examples:
        therapi align --config align-configs/gdsc2-coadread.yaml --source gdsc2.h5ad --target coadread.h5ad
        therapi align --apply gdsc2-coadread.safetensors new-cohort.h5ad
      """)

  @Option(help: ArgumentHelp("How to align, a YAML file.", valueName: "yaml"), completion: .file())
  var config: String?

  @Option(help: ArgumentHelp("The store of the cell lines.", valueName: "store"), completion: .file())
  var source: String?

  @Option(help: ArgumentHelp("A store of patients; can be repeated.", valueName: "store"), completion: .file())
  var target: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Replace a value of the configuration, by its dotted key; can be repeated.", valueName: "key=value"))
  var settings: [String] = []

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The checkpoint to write (default: NAME.safetensors in this folder).", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Begin anew: leave an unfinished training and an older checkpoint out of account.")
  var restart = false

  @Option(help: ArgumentHelp("Map stores by this checkpoint instead of training.", valueName: "checkpoint"))
  var apply: String?

  @Argument(help: "Stores of patients to map, with --apply.", completion: .file(extensions: ["h5ad"]))
  var stores: [String] = []

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var reporting: ReportOptions

  @OptionGroup var log: LogOptions

  func validate() throws {
    if let output, output.isEmpty || output.hasSuffix("/") {
      throw ValidationError("--output '\(output)' is not the name of a file.")
    }
    guard apply == nil else {
      guard config == nil, source == nil, target.isEmpty, settings.isEmpty, output == nil, !restart else {
        throw ValidationError("--apply takes a checkpoint and stores, and nothing of a training.")
      }
      guard !stores.isEmpty else { throw ValidationError("Name the stores that --apply is to map.") }
      return
    }
    guard stores.isEmpty else {
      throw ValidationError("'\(stores[0])': name stores by --source and --target, or give --apply CHECKPOINT.")
    }
    for (name, value) in [("--config", config), ("--source", source), ("--target", target.first)] where value == nil {
      throw ValidationError("A training needs \(name).")
    }
  }

  func run() throws {
    Memory.returnLargePieces()
    let (progress, logger) = log.start()
    defer { (progress as? TerminalProgress)?.clear() }
    if let apply {
      let application = try AlignmentApplication(apply, lanes: threads.count, progress: progress)
      let reports = try stores.map { try application.run(on: $0) }
      (progress as? TerminalProgress)?.clear()
      try reporting.write(["stores": reports], text: reports.map(\.text).joined())
      return
    }
    guard let config, let source else { preconditionFailure("arguments that were validated") }
    let configuration = try AlignmentConfiguration(path: config, settings: settings)
    let run = AlignmentRun(
      configuration, source: source, targets: target, checkpoint: output ?? "\(configuration.name).safetensors",
      lanes: threads.count, progress: progress, logger: logger)
    let report = try run.run(restarts: restart)
    (progress as? TerminalProgress)?.clear()
    try reporting.write(report, text: report.text)
  }
}
