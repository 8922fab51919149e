import Alignment
import Inspection
import Prediction

extension PredictorRun.Report {
  /// The report as a page for people.
  var text: String {
    var sheet = Sheet()
    let (folds, settings) = (run.folds, run.settings)
    sheet.line(
      "\(output): \(folds.count) predictors, \(isUnchanged ? "current, nothing to do" : "trained"), in "
        + "\((seconds * 10).rounded() / 10) s")
    sheet.entry(
      "pairs",
      "\(Wording.count(run.pairs)) of \(Wording.count(run.samples)) samples and \(Wording.count(run.drugs.count)) drugs, "
        + "\(Wording.count(run.positives)) of them responses")
    sheet.entry(
      "", lines: run.skipped.sorted { $0.key < $1.key }.map { "\(Wording.count($0.value)) left out: \($0.key)" })
    sheet.entry("settings", "preset \(run.preset.rawValue), split by \(settings.split.rawValue), seed \(settings.seed)")
    if !settings.without.isEmpty {
      sheet.entry("without", settings.without.map(\.rawValue).joined(separator: ", "))
    }
    sheet.entry(
      "folds",
      lines: folds.map { fold in
        "\(fold.fold): epoch \(fold.bestEpoch) of \(fold.epochs), validation loss "
          + "\(AlignmentReport.number(fold.validation.loss)), test loss \(AlignmentReport.number(fold.test.loss)), "
          + "accuracy \(AlignmentReport.number(fold.test.accuracy)), \(Wording.count(fold.test.pairs)) pairs"
      })
    return sheet.text
  }
}
