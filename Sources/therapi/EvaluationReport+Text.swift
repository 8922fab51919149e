import Inspection
import Outcomes
import Statistics

extension EvaluationReport {
  private static let headings: [ClassificationMetric: String] = [
    .auroc: "AUROC", .auprc: "AUPRC", .accuracy: "accuracy", .precision: "precision", .recall: "recall", .f1: "F1",
    .mcc: "MCC", .brier: "Brier",
  ]

  /// The report as a page for people.
  var text: String {
    var sheet = Sheet()
    sheet.line(input)
    sheet.entry(
      "pairs",
      "\(Wording.count(all.pairs)) with a label, \(Wording.count(all.positive)) positive; "
        + "\(Wording.count(unlabelled)) without")
    if settings.resamples > 0 {
      sheet.entry("intervals", "95 %, \(Wording.count(settings.resamples)) resamples, seed \(settings.seed)")
    }
    sheet.line("")
    for line in Self.table("", [all]) { sheet.line(line) }
    if let folds, let overFolds {
      sheet.line("")
      for line in Self.table("fold", folds) { sheet.line(line) }
      sheet.line("")
      for line in Self.summary(overFolds) { sheet.line(line) }
    }
    if let by = settings.by {
      sheet.line("")
      for line in Self.table(by, groups) { sheet.line(line) }
      if withoutGroup > 0 { sheet.line("\(Wording.count(withoutGroup, "pair")) without \(by)") }
    }
    let reasons = ([all] + (folds ?? []) + groups).flatMap(\.reasons)
    if !reasons.isEmpty {
      sheet.line("")
      sheet.line("not estimable")
      for reason in reasons { sheet.line("  \(reason)") }
    }
    return sheet.text
  }

  private static func table(_ heading: String, _ parts: [Part]) -> [String] {
    var table = TextTable([heading, "pairs", "positive"] + ClassificationMetric.allCases.map { headings[$0] ?? "" })
    for part in parts {
      table.add(
        [part.name ?? "all", "\(part.pairs)", "\(part.positive)"]
          + ClassificationMetric.allCases.map { TextTable.number(part.metrics[$0]?.value, digits: 3) })
      guard let intervals = part.intervals else { continue }
      table.add(
        ["", "", ""]
          + ClassificationMetric.allCases.map { metric in
            guard let interval = intervals[metric]?.value else { return "-" }
            return "\(Wording.decimal(interval.lower, digits: 2))..\(Wording.decimal(interval.upper, digits: 2))"
          })
    }
    return table.lines
  }

  private static func summary(_ folds: [ClassificationMetric: FoldSummary]) -> [String] {
    var table = TextTable(["over folds"] + ClassificationMetric.allCases.map { headings[$0] ?? "" })
    let values: [(String, (FoldSummary) -> Double?)] = [
      ("mean", { $0.mean.value }), ("deviation", { $0.standardDeviation.value }),
    ]
    for (name, value) in values {
      table.add(
        [name] + ClassificationMetric.allCases.map { TextTable.number(folds[$0].flatMap(value), digits: 3) })
    }
    table.add(["folds"] + ClassificationMetric.allCases.map { folds[$0].map { "\($0.folds)" } ?? "-" })
    return table.lines
  }
}

extension EvaluationReport.Part {
  /// One line for each reason, with the measures that it concerns.
  fileprivate var reasons: [String] {
    var metrics: [String: [String]] = [:]
    for metric in ClassificationMetric.allCases {
      if let reason = self.metrics[metric]?.reason { metrics[reason, default: []].append(metric.rawValue) }
    }
    return metrics.sorted { $0.key < $1.key }.map { reason, names in
      "\(name ?? "all"): \(names.joined(separator: ", ")): \(reason)"
    }
  }
}

extension GroupComparison {
  /// The comparison as a table for people.
  var text: String {
    var sheet = Sheet()
    sheet.line(
      "logits by \(column): \(first) against \(second); \(Wording.count(leftOut, "pair")) of "
        + "\(Wording.count(samplesLeftOut, "sample")) in neither")
    let shown = rows + [labelled].compactMap(\.self)
    for line in table(shown).lines { sheet.line(line) }
    if let entropy {
      sheet.line("")
      sheet.line("entropies of the mixtures, in nats; n are samples")
      for line in table([entropy]).lines { sheet.line(line) }
    }
    let silent = (shown + [entropy].compactMap(\.self)).compactMap { row in
      row.mannWhitney.reason.map { "  \(row.name): \($0)" }
    }
    if !silent.isEmpty { sheet.line("not estimable") }
    for line in silent { sheet.line(line) }
    return sheet.text
  }

  private func table(_ rows: [Row]) -> TextTable {
    var table = TextTable(
      ["", "n \(first)", "n \(second)", "mean \(first)", "mean \(second)", "U/mn", "Mann-Whitney p", "q", "Welch p"]
        + ["q"])
    for row in rows {
      table.add(
        [row.name, "\(row.first.samples)", "\(row.second.samples)"]
          + [row.first.mean.value, row.second.mean.value, row.mannWhitney.value?.superiority]
          .map { TextTable.number($0, digits: 3) }
          + [row.mannWhitney.value?.p, row.mannWhitneyQ, row.welch.value?.p, row.welchQ].map(TextTable.probability))
    }
    return table
  }
}
