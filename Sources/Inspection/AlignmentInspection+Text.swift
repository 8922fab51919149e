extension AlignmentInspection {
  private static let linesShown = 20
  private static let tissuesShown = 15

  /// Adds the alignment to the page of a store.
  func describe(in sheet: inout Sheet) {
    let standardised = standardisation.isEmpty ? "" : "; standardisation \(standardisation)"
    sheet.entry("alignment", "preset \(preset); \(Wording.count(cellLines, "cell line")) of \(source)\(standardised)")
    sheet.entry("", "checkpoint \(checkpoint), model \(Wording.short(sha256: model))")
    sheet.entry("training", training?.text)
    sheet.entry("common", lines: tissueLines)
    sheet.entry("measures", lines: measureTable)
    sheet.entry("entropy", heterogeneity?.text)
    if let weights { describe(weights, in: &sheet) }
  }

  private func describe(_ weights: Weights, in sheet: inout Sheet) {
    // Beside the others a tissue of less than a twentieth of a percent says nothing.
    let shares = weights.tissues.filter { $0.meanWeight >= 0.0005 }
    let small = weights.tissues.count - shares.count
    sheet.entry(
      "mixtures",
      shares.map(\.text).joined(separator: ", ")
        + (small > 0 ? "; \(Wording.count(small, "other tissue")) below 0.05 %" : ""))
    sheet.entry(
      "top lines",
      lines: weights.lines.prefix(Self.linesShown).map {
        "\(Wording.percent($0.meanWeight, digits: 2)) \($0.name) (\($0.tissue ?? "no tissue")), "
          + "on top in \(Wording.count($0.samplesOnTop, "sample"))"
      })
    var patients = weights.patients.prefix(Self.tissuesShown).map { tissue in
      "\(tissue.name) \(Wording.count(tissue.samples)): \(tissue.top.map(\.text).joined(separator: ", "))"
    }
    let rest = weights.patients.dropFirst(Self.tissuesShown)
    if !rest.isEmpty {
      patients.append("and \(rest.count) more (\(Wording.count(rest.map(\.samples).reduce(0, +))))")
    }
    if weights.patientsWithoutTissue > 0 { patients.append("\(Wording.count(weights.patientsWithoutTissue)) without") }
    sheet.entry("patients", lines: patients)
  }

  /// The tissues of both sides with their numbers, and how many the cell lines have alone.
  private var tissueLines: [String] {
    let shared = tissues.filter { $0.targetSamples > 0 }
    let alone = tissues.filter { $0.targetSamples == 0 }
    let lines = shared.map {
      "\($0.name): \(Wording.count($0.sourceSamples, "cell line")), \(Wording.count($0.targetSamples, "patient"))"
    }
    guard !alone.isEmpty else { return lines }
    let count = alone.map(\.sourceSamples).reduce(0, +)
    return lines + ["no patients: \(Wording.count(alone.count, "tissue")) of \(Wording.count(count, "cell line"))"]
  }

  /// Raw, latent and aligned side by side, numbers under their headings.
  private var measureTable: [String] {
    guard !measures.isEmpty else { return [] }
    let rows =
      [["", "raw", "latent", "aligned"]]
      + measures.map { measure in
        [measure.name] + [measure.raw, measure.latent, measure.alignedExpression].map(Self.figure)
      }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = (1..<4).map { String(repeating: " ", count: widths[$0] - row[$0].count) + row[$0] }
      return row[0] + String(repeating: " ", count: widths[0] - row[0].count + 2) + cells.joined(separator: "  ")
    }
  }

  /// Three digits behind the point, none for a number of things such as neighbours; a dash where there is no figure.
  private static func figure(_ value: Double?) -> String {
    guard let value else { return "-" }
    if let number = Int(exactly: value), number > 1 { return Wording.count(number) }
    return Wording.decimal(value, digits: 3)
  }
}

extension AlignmentInspection.Training {
  fileprivate var text: String {
    let numbers = last.sorted { $0.key < $1.key }.map { "\($0.key) \(Self.text($0.value))" }.joined(separator: ", ")
    return "\(Wording.count(epochs, "epoch"))" + (numbers.isEmpty ? "" : ", at last \(numbers)")
  }

  /// Four digits behind the point; `--json` has them all.
  private static func text(_ value: Scalar) -> String {
    guard case .number(let number) = value, number.magnitude < 1e9 else { return value.description }
    return "\((number * 10_000).rounded() / 10_000)"
  }
}

extension AlignmentInspection.Heterogeneity {
  fileprivate var text: String {
    let quantiles = [
      ("least", minimum), ("quartile", lowerQuartile), ("median", median), ("quartile", upperQuartile),
      ("most", maximum),
    ].map { "\($0.0) \(Wording.decimal($0.1, digits: 2))" }
    return quantiles.joined(separator: ", ") + " nats; equal weights would give \(Wording.decimal(bound, digits: 2))"
      + (gaps > 0 ? "; \(Wording.count(gaps)) without" : "")
  }
}

extension AlignmentInspection.Weights.TissueShare {
  fileprivate var text: String { "\(tissue ?? "no tissue") \(Wording.percent(meanWeight))" }
}
