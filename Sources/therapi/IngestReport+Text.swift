import Genes
import Ingest
import Inspection

extension IngestReport {
  /// The report as a page for people.
  var text: String {
    var sheet = Sheet()
    let result = store.map { "wrote \($0)" } ?? "nothing was written (dry run)"
    sheet.line("\(name): \(result) in \((seconds * 10).rounded() / 10) s")
    sheet.entry("samples", Wording.count(samples))
    sheet.entry("genes", "\(Wording.count(landmarks)) of \(LandmarkPanel.count) landmarks")
    sheet.entry("matched by", Wording.routes(routes))
    sheet.entry("unit", sourceUnit == unit || sourceUnit.isEmpty ? unit : "\(unit), from \(sourceUnit)")
    sheet.entry("evidence", evidence)
    if responses > 0 {
      sheet.entry("responses", "\(Wording.count(responses, "pair")) of \(Wording.count(drugs, "drug"))")
    }
    sheet.entry("dropped", lines: dropped.map { "\(Wording.count($0.count, $0.kind)): \($0.reason)" })
    return sheet.text
  }
}
