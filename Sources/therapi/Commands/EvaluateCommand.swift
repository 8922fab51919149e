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
      column of the cohort, or by the pairs' own labels (--groups label).

      Examples:
        therapi evaluate run/ --by drug --bootstrap 1000
        therapi evaluate tcga.scores.h5ad --by tissue --cohort tcga.h5ad
        therapi evaluate crc.scores.h5ad --groups msi_status --cohort crc.h5ad
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

  @Option(help: ArgumentHelp("Compare the groups of this column of the cohort, or `label`.", valueName: "column"))
  var groups: String?

  @Option(help: ArgumentHelp("The two values of --groups to compare.", valueName: "a,b"))
  var compare: String?

  @OptionGroup var reporting: ReportOptions

  /// What `--json` shows of one file of scores.
  struct Document: Encodable {
    var evaluation: EvaluationReport?
    var comparison: GroupComparison?
  }

  private var pair: (String, String)? {
    let values = compare?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    return values.count == 2 ? (values[0], values[1]) : nil
  }

  func validate() throws {
    guard bootstrap == 0 || bootstrap > 1 else { throw ValidationError("--bootstrap must be 0, or 2 or more.") }
    guard !scores.isEmpty else { throw ValidationError("Name scores or the folder of a run.") }
    let needsCohort = by == .tissue || (groups != nil && groups != GroupComparison.label)
    guard !needsCohort || !cohort.isEmpty else {
      throw ValidationError("Name the store of the cohort with --cohort: it holds the column.")
    }
    guard compare == nil || (groups != nil && groups != GroupComparison.label) else {
      throw ValidationError("--compare goes with --groups of a column.")
    }
    guard compare == nil || pair != nil else { throw ValidationError("--compare takes two values: A,B.") }
  }

  func run() throws {
    let tissues = by == .tissue ? try SampleWords(tissueColumn, of: cohort) : nil
    let words = try groups.flatMap { $0 == GroupComparison.label ? nil : try SampleWords($0, of: cohort) }
    let settings = EvaluationReport.Settings(by: by?.rawValue, resamples: bootstrap, seed: seed)
    let lanes = Lanes(2)
    var documents: [Document] = []
    for path in scores {
      let pairs = try ScoredPairs(path)
      // A cohort without any response can still be compared.
      let isJudged = groups == nil || pairs.labels.contains { $0 != nil }
      documents.append(
        Document(
          evaluation: isJudged
            ? try EvaluationReport(pairs, settings: settings, words: tissues, lanes: lanes) : nil,
          comparison: try groups.map { _ in
            try words.map { try GroupComparison(pairs, words: $0, pair: pair) } ?? GroupComparison(responders: pairs)
          }))
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
