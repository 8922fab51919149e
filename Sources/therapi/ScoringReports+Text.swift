import Inspection
import Prediction

extension ScoringRun.Report {
  /// The report as a page for people.
  var text: String {
    var sheet = Sheet()
    sheet.line(
      "\(output): \(isUnchanged ? "current, nothing to do" : "written"), in \((seconds * 10).rounded() / 10) s")
    if let csv { sheet.entry("table", csv) }
    if shard != "1/1" { sheet.entry("part", shard) }
    sheet.entry(
      "pairs",
      "\(Wording.count(pairs)): \(Wording.count(samples, "sample")) with \(Wording.count(drugs, "drug"))"
        + (labelled.map { "; \(Wording.count($0)) with a label" } ?? ""))
    if resumed > 0 { sheet.entry("resumed", "\(Wording.count(resumed, "sample")) of an earlier run") }
    sheet.entry("model", "\(Wording.count(folds, "fold")); branches \(branches.joined(separator: ", "))")
    if let layer { sheet.entry("expression", layer) }
    return sheet.text
  }
}

extension ScoreMerge.Report {
  /// The report as a page for people.
  var text: String {
    "\(output): \(Wording.count(pairs, "pair")) of \(Wording.count(samples, "sample")) with "
      + "\(Wording.count(drugs, "drug")) from \(Wording.count(parts, "part"))\n"
  }
}
