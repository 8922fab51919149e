import Foundation
import Illustration
import Outcomes
import Problems
import Report

/// Two groups of a study's patients that are compared, or why they cannot be.
struct StudyComparison {
  let title: String
  let method: String
  let titles: GroupTitles
  /// nil where they cannot be compared.
  let found: (groups: ScoredGroups, comparison: GroupComparison)?
  let reason: String?

  /// Groups that the study names. `find` throws `.nothingToCompare` where one of them has no patient, which is no fault
  /// of a study that took hours to come here; everything else is thrown on.
  init(_ comparison: StudyConfiguration.Comparison, find: () throws -> ScoredGroups) throws {
    titles = GroupTitles(first: comparison.first, second: comparison.second)
    title = comparison.title ?? "\(comparison.first) against \(comparison.second)"
    method =
      "Patients whose \(comparison.column) is \(comparison.first) against those with \(comparison.second)"
      + (comparison.table.map { " in the table \(($0.file as NSString).lastPathComponent)." } ?? ".")
    (found, reason) = try Self.attempt(find)
  }

  /// Responders against non-responders.
  init(responders find: () throws -> ScoredGroups) throws {
    titles = GroupTitles(first: "responders", second: "non-responders")
    title = "Responders against non-responders"
    method =
      "Patients by their known response to each drug. Over all drugs a patient counts once for each drug with a "
      + "known response, so that p is smaller than it should be. Patients who answered one drug and not another are in "
      + "neither group of the entropy."
    (found, reason) = try Self.attempt(find)
  }

  private static func attempt(
    _ find: () throws -> ScoredGroups
  ) throws -> ((groups: ScoredGroups, comparison: GroupComparison)?, String?) {
    let groups: ScoredGroups
    do { groups = try find() } catch let error as OutcomeError where error.kind == .nothingToCompare {
      return (nil, error.cause)
    }
    return ((groups, try GroupComparison(groups)), nil)
  }

  func content() -> ComparisonContent {
    var content = ComparisonContent(
      title: title, method: method, firstGroup: titles.first, secondGroup: titles.second, reason: reason)
    guard let compared = found?.comparison else { return content }
    content.leftOut = compared.samplesLeftOut
    content.rows =
      [compared.entropy.map { Self.row($0, .entropy) }, compared.labelled.map { Self.row($0, .all) }].compactMap(\.self)
      + compared.rows.sorted { Self.order($0) < Self.order($1) }.map { Self.row($0, .drug) }
    return content
  }

  /// By p, those without one last.
  private static func order(_ row: GroupComparison.Row) -> (Double, String) {
    (row.mannWhitney.value?.p ?? 2, row.name)
  }

  private static func row(_ row: GroupComparison.Row, _ kind: ComparisonContent.Kind) -> ComparisonContent.Row {
    func group(_ group: GroupComparison.Group) -> ComparisonContent.Group {
      .init(count: group.samples, median: group.median.value, mean: group.mean.value)
    }
    return .init(
      name: row.name, kind: kind, first: group(row.first), second: group(row.second),
      mannWhitney: .init(
        superiority: row.mannWhitney.value?.superiority, p: row.mannWhitney.value?.p, q: row.mannWhitneyQ,
        reason: row.mannWhitney.reason),
      welch: .init(p: row.welch.value?.p, q: row.welchQ, reason: row.welch.reason))
  }
}
