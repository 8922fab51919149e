import Alignment
import Inspection

extension AlignmentReport {
  /// The report as a page for people.
  var text: String {
    var sheet = Sheet()
    sheet.line(
      "\(checkpoint): preset \(preset), \(Wording.count(epochs, "epoch")), in \((seconds * 10).rounded() / 10) s")
    sheet.entry("source", "\(source): \(Wording.count(cellLines)) cell lines of \(Wording.count(tissues, "tissue"))")
    sheet.entry("", lines: Self.lines(excluded))
    for target in targets {
      sheet.entry(
        "target",
        "\(target.path): \(Wording.count(target.samples, "sample")), \(Wording.count(target.trained)) trained; "
          + "median heterogeneity \(Self.number(target.medianHeterogeneity))")
      sheet.entry("", lines: Self.lines(target.excluded))
    }
    sheet.entry("genes", "\(Wording.count(genes)) that all cohorts measured")
    sheet.entry(
      "loss",
      lines: lastLosses.sorted { $0.key < $1.key }.map { name, last in
        "\(name) \(firstLosses[name].map(Self.number) ?? "") -> \(Self.number(last))"
      })
    sheet.entry(
      "measures",
      lines: measures.map { measure in
        "\(measure.name): raw \(Self.number(measure.raw)), latent \(Self.number(measure.latent)), aligned "
          + Self.number(measure.alignedExpression)
      })
    return sheet.text
  }

  private static func lines(_ excluded: [String: Int]) -> [String] {
    excluded.sorted { $0.key < $1.key }.map { "\(Wording.count($0.value, "sample")) left out: \($0.key)" }
  }

  static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "-" }
    return "\((value * 10_000).rounded() / 10_000)"
  }
}

extension AlignmentApplication.Report {
  var text: String {
    "\(store): \(Wording.count(samples, "sample")) mapped to \(Wording.count(cellLines)) cell lines by \(checkpoint); "
      + "median heterogeneity \(AlignmentReport.number(medianHeterogeneity))\n"
  }
}
