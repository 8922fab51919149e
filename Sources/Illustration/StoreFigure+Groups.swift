import Figures
import Outcomes
import Problems
import Statistics

/// Names of two groups, as a figure shows them.
package struct GroupTitles: Sendable {
  package var first: String
  package var second: String

  package init(first: String, second: String) { (self.first, self.second) = (first, second) }

  /// The groups' own words, or those of labels.
  package init(_ groups: ScoredGroups) {
    self.init(
      first: groups.areLabels ? "responders" : groups.first,
      second: groups.areLabels ? "non-responders" : groups.second)
  }
}

extension StoreFigure {
  /// Predicted log odds of two groups as boxes, drug by drug: those named, or the `most` with the smallest p.
  ///
  /// `comparison` is that of the groups. Throws `.missing` where a drug was not scored.
  package static func boxes(
    _ groups: ScoredGroups, _ comparison: GroupComparison, drugs: [String] = [], most: Int = 6
  ) throws -> PairedBoxFigure {
    let known = Dictionary(uniqueKeysWithValues: zip(comparison.rows.map(\.name), zip(comparison.rows, groups.drugs)))
    let chosen = drugs.isEmpty ? comparison.smallest(most) : drugs
    var pairs = try chosen.map { drug in
      guard let (row, values) = known[drug] else {
        throw IllustrationError(
          .missing, at: nil, "the groups have no scores of '\(drug)'",
          remedy: "there are \(groups.drugs.prefix(12).map(\.name).joined(separator: ", "))")
      }
      return pair(row, values.logits)
    }
    if drugs.isEmpty, let row = comparison.labelled, let values = groups.labelled { pairs.append(pair(row, values)) }
    let titles = GroupTitles(groups)
    let choice = drugs.isEmpty && groups.drugs.count > most ? " The \(most) drugs with the smallest p." : ""
    return PairedBoxFigure(
      title: "Predicted response: \(titles.first) against \(titles.second)",
      caption: "Log odds of response, means over folds; each point is a patient, boxes are quartiles with the median, "
        + "whiskers reach to 1.5 box lengths. p by Mann and Whitney, q by Benjamini and Hochberg over "
        + "\(comparison.rows.count) drugs." + choice,
      first: titles.first, second: titles.second, pairs: pairs, valueLabel: "log odds of response")
  }

  /// Entropies of two groups' mixtures as boxes; `comparison` is that of the groups. Throws `.missing` where no entropy
  /// is known.
  package static func entropyBoxes(_ groups: ScoredGroups, _ comparison: GroupComparison) throws -> BoxFigure {
    guard let values = groups.entropies, let row = comparison.entropy else {
      throw IllustrationError(
        .missing, at: nil, "no entropy is known of a patient in a group",
        remedy: "run `therapi align` with the cohort, and name it with --cohort")
    }
    let titles = GroupTitles(groups)
    return BoxFigure(
      title: "Heterogeneity of the two groups",
      caption:
        "\(titles.first) against \(titles.second): entropy in nats of each patient's mixture of cell lines; boxes are quartiles with the median, whiskers "
        + "reach to 1.5 box lengths. p by Mann and Whitney.",
      groups: [
        .init(name: titles.first, values: values.first), .init(name: titles.second, values: values.second),
      ], valueLabel: "entropy of the mixture (nats)", statement: statements(row).first)
  }

  private static func pair(_ row: GroupComparison.Row, _ values: ScoredGroups.Values) -> PairedBoxFigure.Pair {
    .init(name: row.name, first: values.first, second: values.second, statements: statements(row))
  }

  private static func statements(_ row: GroupComparison.Row) -> [String] {
    guard let test = row.mannWhitney.value else { return ["not estimable"] }
    return [TestWords.probability(test.p)] + (row.mannWhitneyQ.map { [TestWords.probability($0, name: "q")] } ?? [])
  }
}

extension GroupComparison {
  /// The drugs with the smallest p, by p and name.
  fileprivate func smallest(_ count: Int) -> [String] {
    rows.compactMap { row in row.mannWhitney.value.map { (p: $0.p, name: row.name) } }
      .sorted { ($0.p, $0.name) < ($1.p, $1.name) }.prefix(count).map(\.name)
  }
}
