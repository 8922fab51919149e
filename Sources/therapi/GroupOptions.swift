import ArgumentParser
import Outcomes

/// Which two groups of samples are compared.
struct GroupOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Compare the groups of this column of the cohort or the table, or `label`.", valueName: "column")
  )
  var groups: String?

  @Option(help: ArgumentHelp("The two values of --groups to compare.", valueName: "a,b"))
  var compare: String?

  @Option(
    help: ArgumentHelp("A table of samples that holds the column, instead of the cohort.", valueName: "file"),
    completion: .file())
  var table: String?

  @Option(help: ArgumentHelp("The table's column of samples; the first unless told.", valueName: "column"))
  var sampleColumn: String?

  @Option(help: ArgumentHelp("How the table names samples.", valueName: "kind"))
  var names: SampleNames = .sample

  static let missingCohort = "Name the store of the cohort with --cohort: it holds the column."

  private var isLabel: Bool { groups == ScoredGroups.label }

  private var pair: (String, String)? {
    let values = compare?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    return values.count == 2 ? (values[0], values[1]) : nil
  }

  func check(cohort: [String]) throws {
    guard groups == nil || isLabel || table != nil || !cohort.isEmpty else {
      throw ValidationError(Self.missingCohort)
    }
    guard compare == nil || (groups != nil && !isLabel) else {
      throw ValidationError("--compare goes with --groups of a column.")
    }
    guard table == nil || (groups != nil && !isLabel) else {
      throw ValidationError("--table goes with --groups of a column.")
    }
    guard table != nil || (sampleColumn == nil && names == .sample) else {
      throw ValidationError("--sample-column and --names go with --table.")
    }
    guard compare == nil || pair != nil else { throw ValidationError("--compare takes two values: A,B.") }
  }

  /// The groups of some scores, with the entropies that the cohort has; nil where nothing is to be compared.
  func groups(of scores: ScoredPairs, cohort: [String]) throws -> ScoredGroups? {
    guard let groups else { return nil }
    let entropies = try SampleEntropies(of: cohort)
    if isLabel { return try ScoredGroups(responders: scores, entropies: entropies) }
    let words =
      try table.map { try SampleWords(groups, table: $0, sample: sampleColumn, names: names) }
      ?? SampleWords(groups, of: cohort)
    return try ScoredGroups(scores, words: words, pair: pair, entropies: entropies)
  }
}

extension SampleNames: ExpressibleByArgument {}
