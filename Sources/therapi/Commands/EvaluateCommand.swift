import ArgumentParser
import Matrices
import Outcomes

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Judge the scores of pairs with a known response, and compare groups of patients.",
    discussion: """
      Takes scores of `therapi score` (.h5ad or .csv) or the folder of a predictor's run, whose held-out predictions \
      are judged fold by fold too. Area under the ROC, average precision, accuracy, precision, recall, F1, Matthews' \
      coefficient and Brier score, as scikit-learn computes them; decisions at a logit of 0. Pairs without a label are \
      left out. What cannot be estimated says why.

      --groups compares the logits of two groups of samples, drug by drug, by Mann-Whitney's and Welch's tests: by a \
      column of the cohort or of a table, or by the pairs' own labels (--groups label). With the cohort, if it is \
      aligned, the entropies of the two groups' mixtures are compared too.

      Examples:
        therapi evaluate run/ --by drug --bootstrap 1000
        therapi evaluate tcga.scores.h5ad --by tissue --cohort tcga.h5ad
        therapi evaluate crc.scores.h5ad --groups msi_status --cohort crc.h5ad
        therapi evaluate crc.scores.h5ad --groups MSI --table msi.tsv --names tcga-sample --compare MSIH,MSS
      """)

  @Argument(help: "Scores, or folders of runs.", completion: .file(extensions: ["h5ad", "csv"]))
  var scores: [String]

  enum Grouping: String, ExpressibleByArgument, CaseIterable {
    case drug
    case tissue
  }

  @Option(help: "Judge each drug or each tissue as well.")
  var by: Grouping?

  @Option(help: ArgumentHelp("Resamples for 95 % intervals; 0: none.", valueName: "count"))
  var bootstrap = 0

  @Option(help: ArgumentHelp("Seed of the resamples.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp("Store of the cohort that was scored; may be given more than once.", valueName: "store"),
    completion: .file(extensions: ["h5ad"]))
  var cohort: [String] = []

  @Option(help: ArgumentHelp("Column of the cohort that holds the tissue.", valueName: "column"))
  var tissueColumn = "tissue"

  @OptionGroup var grouping: GroupOptions

  @OptionGroup var reporting: ReportOptions

  /// What `--json` shows of one file of scores.
  struct Document: Encodable {
    var evaluation: EvaluationReport?
    var comparison: GroupComparison?
  }

  func validate() throws {
    guard bootstrap == 0 || bootstrap > 1 else { throw ValidationError("--bootstrap must be 0, or 2 or more.") }
    guard !scores.isEmpty else { throw ValidationError("Name scores or the folder of a run.") }
    guard by != .tissue || !cohort.isEmpty else { throw ValidationError(GroupOptions.missingCohort) }
    try grouping.check(cohort: cohort)
  }

  func run() throws {
    let tissues = by == .tissue ? try SampleWords(tissueColumn, of: cohort) : nil
    let settings = EvaluationReport.Settings(by: by?.rawValue, resamples: bootstrap, seed: seed)
    let lanes = Lanes(2)
    var documents: [Document] = []
    for path in scores {
      let pairs = try ScoredPairs(path)
      // A cohort without any response can still be compared.
      let isJudged = grouping.groups == nil || pairs.labels.contains { $0 != nil }
      documents.append(
        Document(
          evaluation: isJudged
            ? try EvaluationReport(pairs, settings: settings, words: tissues, lanes: lanes) : nil,
          comparison: try grouping.groups(of: pairs, cohort: cohort).map(GroupComparison.init)))
    }
    if reporting.isJSON {
      try documents.count == 1 ? Output.write(json: documents[0]) : Output.write(json: ["scores": documents])
    } else {
      let pages = documents.map {
        [$0.evaluation?.text, $0.comparison?.text].compactMap(\.self).joined(separator: "\n")
      }
      try Output.write(pages.joined(separator: "\n"))
    }
  }
}
