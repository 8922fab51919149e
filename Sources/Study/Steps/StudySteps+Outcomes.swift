import Cohorts
import Exchange
import Matrices
import Outcomes
import Prediction
import Report
import Statistics

extension StudySteps {
  /// Judges predictions, survival and groups, into metrics.json and tables.
  var outcomes: StudyStep {
    StudyStep(
      Name.outcomes,
      needs: [Name.source, Name.target, Name.align] + trained.map { Name.train($0) } + variants.map { Name.score($0) },
      inputs: {
        var inputs = [
          "resamples": "\(study.resamples)", "survival": study.endpoints.joined(separator: " "),
          "compare": study.comparisons.map(\.words).joined(separator: "\n"), "format": StudyMetrics.format,
        ]
        for (place, table) in study.comparisons.map(\.table).enumerated() {
          if let table { inputs["table of comparison \(place + 1)"] = try digests.digest(of: table.file) }
        }
        return inputs
      },
      result: { try present([folder.metrics]) { try digests.digest(of: folder.metrics) } },
      work: {
        progress?.begin("evaluating")
        var metrics = StudyMetrics(study: study.name, evaluations: [try heldOutEvaluation()])
        if let patients = try patientEvaluation() { metrics.evaluations.insert(patients, at: 0) }
        metrics.heterogeneity = try heterogeneity()
        metrics.survival = try survival()
        metrics.comparisons = try comparisons().map { $0.content() }
        try TextFile.write(CSV.table(StudyTables.evaluations(metrics)), to: folder.table("metrics"))
        try TextFile.write(CSV.table(StudyTables.comparisons(metrics)), to: folder.table("groups"))
        try TextFile.write(ReportFile.json(metrics), to: folder.metrics)
      })
  }

  private var builder: EvaluationBuilder { EvaluationBuilder(resamples: study.resamples, lanes: Lanes(lanes)) }

  private func kind(_ variant: StudyVariant) -> String { variant == .full ? "full" : "ablation" }

  /// Pairs of cell lines, each judged by the fold that did not see it.
  private func heldOutEvaluation() throws -> EvaluationContent {
    let baseline = try DrugMeanBaseline(splits: RunFolder(folder.run(.full)).file(RunFolder.splits))
    try TextFile.write(baseline.heldOut, to: folder.table("baseline-cell-lines"))
    var entries = try trained.map {
      EvaluationBuilder.Entry(name: $0.words, kind: kind($0), scores: try ScoredPairs(folder.run($0)))
    }
    entries.append(
      .init(name: "mean of the drug", kind: "baseline", scores: try ScoredPairs(folder.table("baseline-cell-lines"))))
    return try builder.content(
      "Cell lines, held out",
      "Each pair is predicted by the fold that did not see it; folds are over \(splitWords). The mean and its deviation "
        + "(\u{00B1}) are over folds, the range is a 95 % bootstrap interval of all pairs together. "
        + "The baseline predicts the share of responding lines among a drug's training pairs.", entries,
      tissues: try tissues(of: source))
  }

  /// The tissue of each sample; nil where the store has none.
  private func tissues(of cohort: Cohort) throws -> SampleWords? {
    let column = SurvivalSettings().tissueColumn
    guard try CohortStore(cohort.path).obs()[column] != nil else { return nil }
    return try SampleWords(column, of: [cohort.path])
  }

  private var splitWords: String {
    switch study.predictor.settings.split {
    case .pair: "pairs at random, so that each line and each drug of a test was also trained on"
    case .line: "cell lines"
    case .drug: "drugs"
    case .tissue: "tissues"
    }
  }

  /// Pairs of patients with a known response; nil where there is none.
  private func patientEvaluation() throws -> EvaluationContent? {
    let full = try ScoredPairs(folder.scores(.full))
    guard full.labels.contains(where: { $0 != nil }) else { return nil }
    let pairs = full.labels.indices.filter { full.labels[$0] != nil }.map {
      (sample: full.samples[$0], drug: full.drugs[$0])
    }
    var entries = try variants.map { variant in
      let logits = try FoldLogits.of(pairs, in: target.path, options(of: variant), lanes: Lanes(lanes))
      return EvaluationBuilder.Entry(
        name: variant.words, kind: kind(variant), scores: try ScoredPairs(folder.scores(variant)),
        foldLogits: logits.map { $0.map(Double.init) })
    }
    entries.append(try patientBaseline(full))
    return try builder.content(
      "Patients with a known response",
      "The models of the \(study.predictor.settings.folds) folds judge every pair: figures are means over folds, with their "
        + "deviation (\u{00B1}). The range is a 95 % bootstrap interval over pairs of the folds' mean log odds, whose own "
        + "figure may lie outside what single folds reach.",
      entries, tissues: try tissues(of: target))
  }

  /// What the baseline says of the patients' labelled pairs: the mean over folds of the drug's log odds.
  private func patientBaseline(_ full: ScoredPairs) throws -> EvaluationBuilder.Entry {
    let baseline = try DrugMeanBaseline(splits: RunFolder(folder.run(.full)).file(RunFolder.splits))
    var rows = [["sample", "drug", "label", "logit"]]
    var byFold = [[Double]](repeating: [], count: baseline.folds)
    for row in full.labels.indices {
      guard let label = full.labels[row] else { continue }
      let folds = (0..<baseline.folds).map { baseline.logit(of: full.drugs[row], fold: $0) }
      for (fold, logit) in folds.enumerated() { byFold[fold].append(logit) }
      let mean = folds.reduce(0, +) / Double(max(1, folds.count))
      rows.append([full.samples[row], full.drugs[row], label ? "1" : "0", "\(mean)"])
    }
    try TextFile.write(CSV.table(rows), to: folder.table("baseline-patients"))
    return EvaluationBuilder.Entry(
      name: "mean of the drug", kind: "baseline", scores: try ScoredPairs(folder.table("baseline-patients")),
      foldLogits: byFold)
  }

  // MARK: Heterogeneity, survival, groups

  private func heterogeneity() throws -> HeterogeneityContent? {
    let obs = try CohortStore(target.path).obs()
    guard let entropies = obs[AlignmentSummary.Part.heterogeneity]?.numbersOrGaps else { return nil }
    let tissues = obs["tissue"]?.words ?? Array(repeating: "", count: entropies.count)
    var byTissue: [String: [Double]] = [:]
    for (tissue, entropy) in zip(tissues, entropies) {
      if let entropy { byTissue[tissue.isEmpty ? "tissue not known" : tissue, default: []].append(entropy) }
    }
    return HeterogeneityContent(
      tissues: try byTissue.sorted { $0.key < $1.key }.map { tissue, values in
        let summary = try Summary(values)
        return .init(
          tissue: tissue, patients: values.count, least: summary.quantile(0), lowerQuartile: summary.quantile(0.25),
          median: summary.quantile(0.5), upperQuartile: summary.quantile(0.75), most: summary.quantile(1))
      })
  }

  var survivalSettings: SurvivalSettings { SurvivalSettings(endpoints: study.endpoints) }

  private func survival() throws -> SurvivalContent? {
    guard !study.endpoints.isEmpty else { return nil }
    let report = try SurvivalReport([target.path], settings: survivalSettings)
    try report.write(csv: folder.table("survival"))
    return SurvivalContent(
      method: Self.survivalMethod(study.endpoints),
      rows: report.rows.map { row in
        let cox = row.cox.value
        return .init(
          tissue: row.tissue ?? "all tissues", endpoint: row.endpoint, high: row.high.samples, low: row.low.samples,
          events: row.events, highEvents: row.high.events, lowEvents: row.low.events, hazardRatio: cox?.hazardRatio,
          lowerLimit: cox?.interval.lower, upperLimit: cox?.interval.upper, p: row.logRank.value?.p, q: row.logRankQ,
          reason: row.cox.reason)
      })
  }

  private static func survivalMethod(_ endpoints: [String]) -> String {
    let names = endpoints.compactMap { name in SurvivalSettings.words(of: name).map { "\(name): \($0)" } }
    return "Patients whose entropy is above the median of their tissue (high) against those below it (low). A hazard "
      + "ratio above 1 says that patients with a mixed tumour have the event sooner; it has a 95 % interval and is by "
      + "Cox's model with Efron's ties. p is of the log-rank test, q by Benjamini and Hochberg over the rows of single "
      + "tissues, and over those of all tissues together, which have tissues as strata."
      + (names.isEmpty ? "" : " \(names.joined(separator: ", ")).")
  }

  /// The groups of patients that the study names, and responders against non-responders where responses are known.
  func comparisons() throws -> [StudyComparison] {
    let scores = try ScoredPairs(folder.scores(.full))
    let entropies = try SampleEntropies(of: [target.path])
    var comparisons = try study.comparisons.map { comparison in
      try StudyComparison(comparison) {
        let words =
          try comparison.table.map {
            try SampleWords(comparison.column, table: $0.file, sample: $0.sample, names: $0.names)
          } ?? SampleWords(comparison.column, of: [target.path])
        return try ScoredGroups(
          scores, words: words, pair: (comparison.first, comparison.second), entropies: entropies)
      }
    }
    if scores.labels.contains(where: { $0 != nil }) {
      comparisons.append(
        try StudyComparison(responders: { try ScoredGroups(responders: scores, entropies: entropies) }))
    }
    return comparisons
  }
}
