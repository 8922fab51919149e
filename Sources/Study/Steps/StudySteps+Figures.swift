import Cohorts
import Exchange
import Figures
import Foundation
import Illustration
import Matrices
import Outcomes
import Prediction
import Problems
import Report
import Statistics

/// A figure of the results folder, as figures.json lists it.
struct FigureRecord: Codable {
  var section: FigureContent.Section
  var title: String
  var caption: String
  /// In the folder of figures.
  var file: String
}

extension StudySteps {
  /// Draws everything, into the folder of figures.
  var figures: StudyStep {
    StudyStep(
      Name.figures, needs: [Name.source, Name.align, Name.train(.full), Name.score(.full), Name.outcomes],
      inputs: { ["survival": study.endpoints.joined(separator: " ")] },
      result: {
        try present([folder.figures]) {
          let records = try readFigures()
          guard records.allSatisfy({ StudyFolder.exists(folder.file("figures/\($0.file)")) }) else {
            throw StoreError(.stale, at: Place(folder.figures), "names a figure that is not there")
          }
          return try records.map { try digests.digest(of: folder.file("figures/\($0.file)")) }.joined(separator: " ")
        }
      },
      work: {
        var records: [FigureRecord] = []
        func add(_ name: String, _ section: FigureContent.Section, _ figure: some Figure) throws {
          progress?.begin("drawing \(name)")
          try TextFile.write(figure.svg, to: folder.figure(name))
          records.append(
            .init(section: section, title: figure.title, caption: figure.caption, file: "\(name).svg"))
        }
        progress?.begin("projecting")
        let projection = try SampleProjection(
          source: source.path, target: target.path, spaces: [.raw, .aligned], lanes: Lanes(lanes))
        for colour in [ProjectionColour.source, .tissue] {
          try add("projection-\(colour.rawValue)", .alignment, projection.figure(colour))
        }
        if try CohortStore(target.path).alignment()?.curve != nil {
          try add("alignment-training", .alignment, StoreFigure.curves(of: target.path))
        }
        try add("heterogeneity", .heterogeneity, StoreFigure.heterogeneity(of: target.path))
        for (name, figure) in try discrimination() { try add(name, .performance, figure) }
        try add(
          "predictor-training", .performance,
          StoreFigure.curves(of: RunFolder(folder.run(.full)).file(RunFolder.curves)))
        for (name, figure) in try survivalFigures() { try add(name, .survival, figure) }
        try TextFile.write(ReportFile.json(records), to: folder.figures)
      })
  }

  func readFigures() throws -> [FigureRecord] { try ReportFile.read([FigureRecord].self, folder.figures) }

  /// ROC and precision-recall of the patients' labelled pairs, model by model; none without both classes.
  private func discrimination() throws -> [(String, DiscriminationFigure)] {
    var (roc, recall) = ([DiscriminationFigure.Curve](), [DiscriminationFigure.Curve]())
    var prevalence: Double?
    var entries = try variants.map { ($0.words, try ScoredPairs(folder.scores($0))) }
    if StudyFolder.exists(folder.table("baseline-patients")) {
      entries.append(("mean of the drug", try ScoredPairs(folder.table("baseline-patients"))))
    }
    for (name, scores) in entries {
      let rows = scores.labels.indices.filter { scores.labels[$0] != nil }
      guard !rows.isEmpty else { return [] }
      let tally = try ScoreTally(labels: rows.map { scores.labels[$0] == true }, scores: rows.map { scores.logits[$0] })
      guard let first = ThresholdCurve.receiverOperating(tally).value,
        let second = ThresholdCurve.precisionRecall(tally).value
      else { return [] }
      prevalence = Double(tally.positiveCount) / Double(tally.count)
      roc.append(.init(name: name, x: first.points.map(\.x), y: first.points.map(\.y), area: tally[.auroc].value))
      recall.append(
        .init(name: name, x: second.points.map(\.x), y: second.points.map(\.y), area: tally[.auprc].value))
    }
    return [
      (
        "roc",
        DiscriminationFigure(
          title: "Responders against others",
          caption: "Receiver operating characteristic of the patients' pairs with a "
            + "known response, by the mean log odds of the folds.", kind: .roc, curves: roc)
      ),
      (
        "precision-recall",
        DiscriminationFigure(
          title: "Precision and recall", caption: "Of the same pairs; the dashed line is the share of responders.",
          kind: .precisionRecall(prevalence: prevalence), curves: recall)
      ),
    ]
  }

  /// Kaplan-Meier curves of all tissues together, or of the one that there is, for each endpoint.
  private func survivalFigures() throws -> [(String, SurvivalFigure)] {
    guard !study.endpoints.isEmpty else { return [] }
    let cohort = try SurvivalCohort([target.path], settings: survivalSettings)
    let report = SurvivalReport(cohort, settings: survivalSettings)
    return study.endpoints.compactMap { endpoint in
      guard let row = report.rows.first(where: { $0.endpoint == endpoint }),
        let curves = cohort.curves(of: row.tissue, endpoint: endpoint), row.samples > 0
      else { return nil }
      let statement = row.logRank.value.map { "log-rank p = \(Self.rounded($0.p))" }
      return (
        "survival-\(endpoint)",
        SurvivalFigure(
          title: "\(endpoint) by heterogeneity, \(row.tissue ?? "all tissues")",
          caption:
            "Kaplan-Meier curves with 95 % limits of patients above and below the median entropy of their tissue; "
            + "below, the numbers at risk.",
          curves: [Self.curve("high entropy", curves.high), Self.curve("low entropy", curves.low)],
          statement: statement)
      )
    }
  }

  private static func rounded(_ p: Double) -> String { String(format: "%.2g", p) }

  private static func curve(_ name: String, _ curve: KaplanMeier) -> SurvivalFigure.Curve {
    var (durations, events) = ([Double](), [Bool]())
    for (place, time) in curve.times.enumerated() {
      durations += Array(repeating: time, count: curve.events[place] + curve.censored[place])
      events += Array(repeating: true, count: curve.events[place])
      events += Array(repeating: false, count: curve.censored[place])
    }
    return SurvivalFigure.Curve(
      name: name, times: curve.times, survival: curve.survival, lower: curve.lower, upper: curve.upper,
      durations: durations, events: events)
  }
}
