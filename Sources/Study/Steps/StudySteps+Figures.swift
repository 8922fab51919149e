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

/// A figure of the results folder, as figures.json lists it.
struct FigureRecord: Codable {
  var section: FigureContent.Section
  var title: String
  var caption: String
  /// In the folder of figures.
  var file: String
  /// Position of the comparison that it belongs to.
  var comparison: Int?
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
          let files = [folder.figures] + records.map { folder.file("figures/\($0.file)") }
          return try files.map { try digests.digest(of: $0) }.joined(separator: " ")
        }
      },
      work: {
        var records: [FigureRecord] = []
        func add(
          _ name: String, _ section: FigureContent.Section, _ figure: some Figure, comparison: Int? = nil
        ) throws {
          progress?.begin("drawing \(name)")
          try TextFile.write(figure.svg, to: folder.figure(name))
          records.append(
            .init(
              section: section, title: figure.title, caption: figure.caption, file: "\(name).svg",
              comparison: comparison))
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
        for (place, comparison) in try comparisons().enumerated() {
          for (name, figure) in try Self.figures(of: comparison) {
            try add("groups-\(place + 1)-\(name)", .groups, figure, comparison: place)
          }
        }
        try TextFile.write(ReportFile.json(records), to: folder.figures)
      })
  }

  func readFigures() throws -> [FigureRecord] { try ReportFile.read([FigureRecord].self, folder.figures) }

  /// ROC and precision-recall of the patients' labelled pairs, model by model; none without both classes.
  private func discrimination() throws -> [(String, DiscriminationFigure)] {
    var models = try variants.map { (name: $0.words, scores: try ScoredPairs(folder.scores($0))) }
    guard Set(models[0].scores.labels.compactMap(\.self)).count == 2 else { return [] }
    models.append((name: "mean of the drug", scores: try ScoredPairs(folder.table("baseline-patients"))))
    return try DiscriminationCurve.allCases.map { ($0.rawValue, try StoreFigure.discrimination($0, of: models)) }
  }

  /// Kaplan-Meier curves of all tissues together, or of the one that there is, for each endpoint.
  private func survivalFigures() throws -> [(String, SurvivalFigure)] {
    guard !study.endpoints.isEmpty else { return [] }
    let cohort = try SurvivalCohort([target.path], settings: survivalSettings)
    let report = SurvivalReport(cohort, settings: survivalSettings)
    return study.endpoints.compactMap { endpoint in
      guard let row = report.rows.first(where: { $0.endpoint == endpoint }), row.samples > 0 else { return nil }
      return ("survival-\(endpoint)", StoreFigure.survival(cohort, row, settings: survivalSettings))
    }
  }

  /// Boxes of a comparison's predictions and entropies.
  private static func figures(of comparison: StudyComparison) throws -> [(String, any Figure)] {
    guard let (groups, comparison) = comparison.found else { return [] }
    let drugs: [(String, any Figure)] = [("drugs", try StoreFigure.boxes(groups, comparison))]
    return groups.entropies == nil ? drugs : drugs + [("entropy", try StoreFigure.entropyBoxes(groups, comparison))]
  }
}
