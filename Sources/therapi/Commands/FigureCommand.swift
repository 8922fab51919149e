import ArgumentParser
import Exchange
import Figures
import Illustration
import Matrices

struct FigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure",
    abstract: "Draw what a store or a run holds, as SVG.",
    discussion: """
      Each figure has a title, a description for screen readers, and colours that the colour-blind tell apart. The \
      same stores give the same bytes.

      Examples:
        therapi figure projection --source gdsc2.h5ad --target tcga.h5ad -o tsne.svg
        therapi figure mixture coadread.h5ad --sample TCGA-A6-2672 -o mixture.svg
        therapi figure curves run/curves.csv -o curves.svg
        therapi figure heterogeneity coadread.h5ad -o heterogeneity.svg
        therapi figure survival coadread.h5ad --endpoint OS -o survival.svg
        therapi figure roc full.scores.h5ad without-rank.scores.h5ad -o roc.svg
        therapi figure boxes full.scores.h5ad --groups msi_status --cohort coadread.h5ad -o boxes.svg
      """,
    subcommands: [
      ProjectionFigureCommand.self, MixtureFigureCommand.self, CurvesFigureCommand.self,
      HeterogeneityFigureCommand.self, SurvivalFigureCommand.self, DiscriminationFigureCommand.self,
      BoxesFigureCommand.self,
    ])
}

/// Where a figure goes.
struct FigureOutput: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "path"), completion: .file())
  var output: String

  @OptionGroup var log: LogOptions

  func write(_ figure: some Figure) throws {
    guard output != "-" else { return try Output.write(figure.svg) }
    try TextFile.write(figure.svg, to: output)
    log.start().logger.notice("wrote \(output): \(figure.caption)")
  }
}

extension ProjectionSpace: ExpressibleByArgument {}
extension ProjectionColour: ExpressibleByArgument {}

struct ProjectionFigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "projection",
    abstract: "Cell lines and patients of an alignment as points of a plane (t-SNE).",
    discussion: """
      Without --space, expression before the alignment and after it stand side by side. The aligner must have mapped \
      the stores as they are. Patients' tissues are in the words of their store.
      """)

  @Option(help: ArgumentHelp("The store of the cell lines.", valueName: "store"), completion: .file())
  var source: String

  @Option(help: ArgumentHelp("A store of patients, aligned.", valueName: "store"), completion: .file())
  var target: String

  @Option(help: ArgumentHelp("Which space; can be repeated, one panel each.", valueName: "space"))
  var space: [ProjectionSpace] = []

  @Option(help: ArgumentHelp("What colours the points.", valueName: "what"))
  var colour: ProjectionColour = .source

  @Option(help: "Seed of the projection.")
  var seed: UInt64 = 0

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var figure: FigureOutput

  func run() throws {
    let projection = try SampleProjection(
      source: source, target: target, spaces: space.isEmpty ? [.raw, .aligned] : space, seed: seed,
      lanes: Lanes(threads.count))
    try figure.write(projection.figure(colour))
  }
}

struct MixtureFigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mixture", abstract: "The cell lines that weigh most in a patient's mixture.")

  @Argument(help: "A store of patients, aligned.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @Option(help: ArgumentHelp("The patient's sample, as in obs.", valueName: "sample"))
  var sample: String

  @Option(help: "How many lines.")
  var lines = 15

  @OptionGroup var figure: FigureOutput

  func validate() throws {
    guard (1...100).contains(lines) else { throw ValidationError("--lines must be 1 to 100.") }
  }

  func run() throws { try figure.write(StoreFigure.mixture(of: store, sample: sample, lines: lines)) }
}

struct CurvesFigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curves", abstract: "Losses by epoch: of a predictor's folds, or of the alignment that a store names.")

  @Argument(help: "curves.csv of a run, or a store of patients (.h5ad).", completion: .file())
  var input: String

  @OptionGroup var figure: FigureOutput

  func run() throws { try figure.write(StoreFigure.curves(of: input)) }
}

struct HeterogeneityFigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "heterogeneity", abstract: "How the entropies of the patients' mixtures spread.")

  @Argument(help: "A store of patients, aligned.", completion: .file(extensions: ["h5ad"]))
  var store: String

  @OptionGroup var figure: FigureOutput

  func run() throws { try figure.write(StoreFigure.heterogeneity(of: store)) }
}
