import Embedding
import Inspection

extension PerturbationRun.Report {
  /// The report as a page for people.
  var text: String {
    var sheet = Sheet()
    sheet.line(
      "\(output): \(isUnchanged ? "current, nothing to do" : "written"), in \((seconds * 10).rounded() / 10) s")
    sheet.entry("model", "\(kind), \(model)")
    sheet.entry("drugs", "\(Wording.count(drugs)) embedded, \(Wording.count(skippedDrugs.count)) skipped")
    sheet.entry("", lines: skippedDrugs.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })
    if pairs > 0 {
      sheet.entry("pairs", "\(Wording.count(pairs)) embedded, \(Wording.count(skippedPairs)) left out")
    }
    return sheet.text
  }
}
