import Genes

extension StoreInspection {
  /// The inspection as a page for people.
  package var text: String {
    var sheet = Sheet()
    let origin = cohort["schema"].map { "a cohort store of therapi, schema \($0)" } ?? "an AnnData store"
    sheet.line("\(path): \(origin), \(Wording.size(bytes))")
    let names = [cohort["name"], cohort["title"], cohort["kind"]]
    sheet.entry("cohort", names.compactMap(\.?.description).joined(separator: "; "))
    sheet.entry("samples", Wording.count(samples))
    describeGenes(in: &sheet)
    describeExpression(in: &sheet)
    let gaps = sampleColumns.first { $0.name == "tissue" }?.gaps ?? 0
    sheet.entry("tissues", Wording.list(tissues, first: 15) + (gaps > 0 ? "; \(Wording.count(gaps)) without" : ""))
    sheet.entry("columns", sampleColumns.map(\.name).joined(separator: ", "))
    describeResponses(in: &sheet)
    sheet.entry(
      "survival",
      survival.map { "\($0.name) known of \(Wording.count($0.known)), \(Wording.count($0.events, "event"))" }
        .joined(separator: "; "))
    sheet.entry("layers", layers.map(\.text).joined(separator: ", "))
    sheet.entry("obsm", obsm.map(\.text).joined(separator: ", "))
    sheet.entry("embeddings", lines: embeddings.map(\.text))
    alignment?.describe(in: &sheet)
    describeProvenance(in: &sheet)
    sheet.entry("seal", sealText)
    return sheet.text
  }

  private func describeGenes(in sheet: inout Sheet) {
    let measured = genes.measured.map { ", \(Wording.count($0)) measured" } ?? ""
    sheet.entry("genes", "\(Wording.count(genes.count))\(genes.isPanel ? " landmarks" : "")\(measured)")
    if !genes.isPanel { sheet.entry("", "not the \(LandmarkPanel.count) landmarks in the order of this program") }
    if !genes.missing.isEmpty {
      sheet.entry("missing", "\(Wording.count(genes.missing.count)): \(Wording.list(genes.missing, first: 40))")
    }
    sheet.entry("matched by", Wording.routes(genes.routes))
  }

  private func describeExpression(in sheet: inout Sheet) {
    let (unit, source) = (expression["unit"], expression["source_unit"])
    sheet.entry("unit", unit.map { unit in "\(unit)" + (source.map { $0 == unit ? "" : ", from \($0)" } ?? "") })
    sheet.entry("evidence", expression["evidence"]?.description)
    let others = expression.filter { !["unit", "source_unit", "evidence"].contains($0.key) }
    sheet.entry("expression", Self.text(others))
  }

  private func describeResponses(in sheet: inout Sheet) {
    guard let responses else { return }
    sheet.entry(
      "responses",
      "\(Wording.count(responses.pairs, "pair")) of \(Wording.count(responses.drugs, "drug")) and "
        + "\(Wording.count(responses.samples, "sample")); in \(Wording.list(responses.units, first: 4))")
    sheet.entry(
      "",
      "\(Wording.count(responses.positive)) positive, \(Wording.count(responses.negative)) negative, "
        + "\(Wording.count(responses.unlabelled)) without a label")
    if !responses.extrapolated.isEmpty {
      sheet.entry("", "extrapolated: \(Wording.list(responses.extrapolated, first: 4))")
    }
  }

  private func describeProvenance(in sheet: inout Sheet) {
    guard let provenance else { return }
    sheet.entry(
      "inputs",
      lines: provenance.inputs.map {
        "\($0.name) (\($0.role), \(Wording.size($0.bytes))), sha256 \(Wording.short(sha256: $0.sha256))"
      })
    sheet.entry("dropped", lines: provenance.dropped.map { "\(Wording.count($0.count, $0.kind)): \($0.reason)" })
    sheet.entry("config", provenance.configurationSHA256.map { "sha256 \(Wording.short(sha256: $0))" })
    sheet.entry("versions", Self.text(provenance.versions))
    sheet.entry("created", provenance.created)
  }

  private var sealText: String {
    seal.map {
      "version \($0.version), sha256 \(Wording.short(sha256: $0.sha256)), "
        + ($0.isChecked ? "which its bytes sum to" : "not checked (`therapi verify` does)")
    }
      ?? "none: another program wrote it, so its bytes cannot be checked as a whole"
  }

  private static func text(_ values: [String: Scalar]) -> String {
    values.sorted { $0.key < $1.key }.filter { !$0.value.description.isEmpty }.map { "\($0.key) \($0.value)" }
      .joined(separator: ", ")
  }
}

extension StoreInspection.Block {
  fileprivate var text: String { "\(name) \(Wording.count(rows)) x \(Wording.count(columns))" }
}
