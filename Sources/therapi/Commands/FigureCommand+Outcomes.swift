import ArgumentParser
import Figures
import Foundation
import Illustration
import Outcomes

struct SurvivalFigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survival",
    abstract: "Kaplan-Meier curves of patients above and below the median of their tissue, with numbers at risk.",
    discussion: """
      The groups and tests are those of `therapi survival`: without --tissue, those of all tissues together, which are \
      strata of the tests.
      """)

  @Argument(help: "The stores, .h5ad files.", completion: .file(extensions: ["h5ad"]))
  var stores: [String]

  @Option(help: ArgumentHelp("Column of events, whose times stand in NAME.time.", valueName: "name"))
  var endpoint = SurvivalSettings.endpoints[0]

  @Option(help: ArgumentHelp("One tissue instead of all.", valueName: "name"))
  var tissue: String?

  @Option(help: ArgumentHelp("Column of obs that divides the patients.", valueName: "column"))
  var by = SurvivalSettings().by

  @Option(help: ArgumentHelp("Column of obs that holds the tissue.", valueName: "column"))
  var tissueColumn = SurvivalSettings().tissueColumn

  @OptionGroup var figure: FigureOutput

  func validate() throws {
    guard !stores.isEmpty else { throw ValidationError("Name a store.") }
  }

  func run() throws {
    try figure.write(
      StoreFigure.survival(
        of: stores, endpoint: endpoint, tissue: tissue,
        settings: SurvivalSettings(by: by, tissueColumn: tissueColumn)))
  }
}

extension DiscriminationCurve: ExpressibleByArgument {}

struct DiscriminationFigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roc", abstract: "How well scores tell responders from others: ROC or precision-recall curves.",
    discussion: "One curve for each file of scores or folder of a run, over its pairs with a known response.")

  @Argument(help: "Scores, or folders of runs.", completion: .file(extensions: ["h5ad", "csv"]))
  var scores: [String]

  @Option(help: ArgumentHelp("Which curve.", valueName: "kind"))
  var curve: DiscriminationCurve = .receiverOperating

  @Option(
    name: .customLong("name"),
    help: ArgumentHelp("Name of a curve, in the order of the scores; can be repeated.", valueName: "words"))
  var names: [String] = []

  @OptionGroup var figure: FigureOutput

  func validate() throws {
    guard !scores.isEmpty else { throw ValidationError("Name scores or the folder of a run.") }
    guard names.isEmpty || names.count == scores.count else {
      throw ValidationError("--name is given \(names.count) times for \(scores.count) scores.")
    }
  }

  func run() throws {
    let models = try scores.enumerated().map { place, path in
      let file = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      return (name: names.isEmpty ? file : names[place], scores: try ScoredPairs(path))
    }
    try figure.write(StoreFigure.discrimination(curve, of: models))
  }
}

struct BoxesFigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boxes", abstract: "Predicted responses of two groups of patients as boxes, with p and q.",
    discussion: """
      The groups and tests are those of `therapi evaluate --groups`. Without --drug, the drugs with the smallest p \
      (--most); --entropy shows the entropies of the mixtures instead.
      """)

  @Argument(help: "Scores of `therapi score`.", completion: .file(extensions: ["h5ad", "csv"]))
  var scores: String

  @Option(
    help: ArgumentHelp("Store of the cohort that was scored; may be given more than once.", valueName: "store"),
    completion: .file(extensions: ["h5ad"]))
  var cohort: [String] = []

  @OptionGroup var grouping: GroupOptions

  @Option(help: ArgumentHelp("A drug to show; can be repeated.", valueName: "name"))
  var drug: [String] = []

  @Option(help: ArgumentHelp("How many drugs without --drug.", valueName: "count"))
  var most = 6

  @Flag(help: "Entropies of the mixtures instead of predictions.")
  var entropy = false

  @OptionGroup var figure: FigureOutput

  func validate() throws {
    guard grouping.groups != nil else { throw ValidationError("Name a column with --groups, or `label`.") }
    guard (1...40).contains(most) else { throw ValidationError("--most must be 1 to 40.") }
    guard !entropy || !cohort.isEmpty else { throw ValidationError(GroupOptions.missingCohort) }
    guard !entropy || drug.isEmpty else { throw ValidationError("--entropy and --drug exclude each other.") }
    try grouping.check(cohort: cohort)
  }

  func run() throws {
    guard let groups = try grouping.groups(of: ScoredPairs(scores), cohort: cohort) else { return }
    let comparison = try GroupComparison(groups)
    if entropy {
      try figure.write(StoreFigure.entropyBoxes(groups, comparison))
    } else {
      try figure.write(StoreFigure.boxes(groups, comparison, drugs: drug, most: most))
    }
  }
}
