import Embedding
import Inspection

extension RankReport {
  /// The report as a page for people.
  var text: String {
    var sheet = Sheet()
    let result = wasCurrent ? "obsm/X_geneformer is current" : "\(part ?? "obsm/X_geneformer") written"
    sheet.line("\(store): \(result), in \((seconds * 10).rounded() / 10) s")
    sheet.entry("samples", "\(Wording.count(samples)); \(Wording.count(computed)) computed, \(resumed) resumed")
    sheet.entry("model", "\(model), the \(layer) layer's mean, \(width) numbers; \(fingerprint.prefix(12))")
    if let note { sheet.entry("", note) }
    sheet.entry("unit", unit)
    sheet.entry(
      "genes",
      "\(Wording.count(genes)) with a token and a median; \(genesWithout.count) without, \(genesUnmeasured) not measured"
    )
    if computed > 0 { sheet.entry("tokens", "\(leastTokens) to \(mostTokens) a sample, \(Int(meanTokens)) on average") }
    return sheet.text
  }
}

extension RankPretraining.Report {
  var text: String {
    var sheet = Sheet()
    sheet.line("\(output): a model of \(Wording.count(parameters, "number")), in \((seconds * 10).rounded() / 10) s")
    sheet.entry("note", note)
    sheet.entry("samples", "\(Wording.count(trained)) trained, \(Wording.count(heldOut)) held out")
    sheet.entry("tokens", "\(Wording.count(tokens)) genes")
    sheet.entry(
      "loss",
      "\(Self.number(firstLoss)) -> \(Self.number(lastLoss)); held out \(Self.number(heldOutLoss)), "
        + "by frequency alone \(Self.number(trivialLoss))")
    return sheet.text
  }

  private static func number(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
}

extension BlockMerge.Report {
  var text: String {
    "\(store): \(block) of \(Wording.count(samples, "sample")) from \(Wording.count(parts, "part"))\n"
  }
}

extension ModelCatalog {
  var text: String {
    var sheet = Sheet()
    sheet.line("models below \(folder)")
    for model in models {
      sheet.line("")
      sheet.line("\(model.name): \(model.isInstalled ? "installed" : "not installed")")
      sheet.entry("what", model.purpose)
      sheet.entry("used by", model.command)
      sheet.entry("folder", model.folder)
      for file in model.files {
        sheet.entry("file", "\(file.path) \(Wording.count(file.bytes, "byte")) \(file.sha256)")
      }
      if !model.missing.isEmpty { sheet.entry("missing", lines: model.missing) }
      sheet.entry("from", model.source)
      sheet.entry("licence", model.licence)
      if let unconfirmed = model.unconfirmed { sheet.entry("unconfirmed", unconfirmed) }
    }
    return sheet.text
  }
}
