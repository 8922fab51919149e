import Alignment
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
      let part = shard.map { ", part \($0)" } ?? ""
      let resumed = resumedPairs > 0 ? " (\(Wording.count(resumedPairs)) resumed)" : ""
      sheet.entry(
        "pairs", "\(Wording.count(pairs)) embedded\(resumed)\(part), \(Wording.count(skippedPairs)) left out")
    }
    return sheet.text
  }
}

extension PerturbationTrainingRun.Report {
  /// The report as a page for people.
  var text: String {
    var sheet = Sheet()
    sheet.line("\(output): \(kind), not CSG2A; \(epochs) epochs, the best \(bestEpoch), in \(Int(seconds)) s")
    sheet.entry("rows", "\(trainingRows) trained, \(heldOutRows) held out, of \(drugs) drugs")
    sheet.entry("", lines: skipped.sorted { $0.key < $1.key }.map { "\($0.value) left out: \($0.key)" })
    sheet.entry(
      "held out",
      "loss \(AlignmentReport.number(heldOutLoss)); the mean change \(AlignmentReport.number(meanChangeLoss)), no change "
        + AlignmentReport.number(noChangeLoss))
    return sheet.text
  }
}

extension ResponseTuningRun.Report {
  /// The report as a page for people.
  var text: String {
    var sheet = Sheet()
    sheet.line(
      "\(output): \(baseKind) tuned to ln IC50, weights \(weights); \(epochs) epochs, the best \(bestEpoch), in "
        + "\(Int(seconds)) s")
    sheet.entry("responses", "\(Wording.count(samples)) cell lines, \(Wording.count(drugs)) drugs")
    sheet.entry("", lines: skippedDrugs.sorted { $0.key < $1.key }.map { "\($0.key) left out: \($0.value)" })
    sheet.entry(
      "pairs",
      "\(Wording.count(trainingPairs)) trained, \(Wording.count(validationPairs)) to stop by, "
        + "\(Wording.count(testPairs)) held out by \(holdOut)")
    sheet.entry(
      "held out",
      "root mean squared error \(AlignmentReport.number(testError)); the drug's mean "
        + "\(AlignmentReport.number(drugMeanError)), the mean of all \(AlignmentReport.number(meanError))")
    return sheet.text
  }
}
