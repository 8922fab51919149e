import Alignment
import Cohorts
import Embedding
import Exchange
import Foundation
import Genes
import Prediction
import Report
import Runs

extension StudySteps {
  /// Puts everything into one page.
  var report: StudyStep {
    StudyStep(
      Name.report,
      needs: [Name.source, Name.target, Name.align, Name.score(.full), Name.outcomes, Name.figures],
      inputs: { ["configuration": study.effectiveText, "version": ToolVersion.current] },
      result: {
        try present([folder.content, folder.page]) {
          try "\(digests.digest(of: folder.content)) \(digests.digest(of: folder.page))"
        }
      },
      work: {
        progress?.begin("writing the report")
        let content = try content()
        try TextFile.write(ReportFile.json(content), to: folder.content)
        try TextFile.write(ReportPage(content).html(), to: folder.page)
      })
  }

  private func content() throws -> ReportContent {
    let metrics = try ReportFile.read(StudyMetrics.self, folder.metrics)
    let cohorts = try [describe(source, .source), describe(target, .target)]
    let predictions = try predictions(trainedOn: cohorts[0].title)
    return ReportContent(
      title: study.title,
      study: .init(name: study.name, summary: study.summary, date: Self.date, version: ToolVersion.current),
      caveats: try caveats() + missingDrugs(cohorts, predictions)
        + study.notes.map { .init(title: $0.title, text: $0.text) },
      cohorts: cohorts,
      alignment: try alignmentContent(), evaluations: metrics.evaluations, predictions: predictions,
      heterogeneity: metrics.heterogeneity, survival: metrics.survival, comparisons: metrics.comparisons,
      figures: try readFigures().map { record in
        let data = FileManager.default.contents(atPath: folder.file("figures/\(record.file)")) ?? Data()
        return FigureContent(
          section: record.section, title: record.title, caption: record.caption,
          svg: String(decoding: data, as: UTF8.self), comparison: record.comparison)
      },
      provenance: try provenance())
  }

  /// The time in SOURCE_DATE_EPOCH, if it is set: equal input then gives equal bytes.
  private static var date: String? {
    guard let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"], let seconds = TimeInterval(text) else {
      return nil
    }
    return String(ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: seconds)).prefix(10))
  }

  // MARK: What must be known

  private func caveats() throws -> [ReportContent.Caveat] {
    var caveats: [ReportContent.Caveat] = []
    if study.rank == nil {
      caveats.append(.init(title: "No rank embedding", text: "The predictors have no branch of Geneformer's kind."))
    }
    if case .pretrained = study.rank?.model {
      caveats.append(
        .init(
          title: "The rank encoder is not Geneformer",
          text: "It is a small encoder of that design, trained on this study's own samples. Geneformer's weights, "
            + "trained on millions of cells, may serve better or worse."))
    }
    if let unit = study.rank?.sourceUnit {
      caveats.append(
        .init(
          title: "Ranks of cell lines rest on an assumption",
          text: "The cell lines' values are no amounts; they were taken for \(unit), by the study's configuration."))
    }
    if let unit = study.rank?.targetUnit {
      caveats.append(
        .init(title: "Ranks of patients rest on an assumption", text: "Their values were taken for \(unit)."))
    }
    if case .trained(let tables, _) = study.perturbation {
      let model = try readPerturbationModel()
      caveats.append(
        .init(
          title: "The perturbation model is not CSG2A",
          text: "A network of that design was trained on \((tables.treated as NSString).lastPathComponent) "
            + "(\(model.kind.rawValue)). How well it knows drugs stands in its training report."))
    }
    if study.predictor.settings.split == .pair {
      caveats.append(
        .init(
          title: "Held-out pairs are not unseen lines",
          text: "Folds are over pairs, as in the paper: each line and each drug of a test was trained on with others. "
            + "Figures on held-out cell lines are therefore higher than for new lines or drugs."))
    }
    return caveats
  }

  /// What is not predicted although cell lines, or patients, have responses to it.
  private func missingDrugs(
    _ cohorts: [CohortContent], _ predictions: PredictionContent
  ) -> [ReportContent.Caveat] {
    guard case .all = study.drugs, cohorts[0].drugs > predictions.drugs.count else { return [] }
    var text =
      "Of \(cohorts[0].drugs) drugs that cell lines have responses to, \(predictions.drugs.count) have a molecule "
      + "that the models can read; the others, such as antibodies, are neither trained on nor predicted."
    if cohorts[1].responses > predictions.labels.count {
      text +=
        " Of \(cohorts[1].responses) known responses of patients, \(predictions.labels.count) are of drugs that are "
        + "predicted."
    }
    return [.init(title: "Some drugs are not predicted", text: text)]
  }

  // MARK: Cohorts and alignment

  private func describe(_ cohort: Cohort, _ side: Side) throws -> CohortContent {
    let store = try CohortStore(cohort.path)
    func text(_ path: String) throws -> String {
      if case .string(let text) = try store.value(at: path) { text } else { "not recorded" }
    }
    var measured = store.genes
    if case .booleans(let known) = try store.geneTable()["measured"] { measured = known.count { $0 } }
    var (responses, drugs) = (0, 0)
    if case .frame(let frame) = try store.value(at: "responses") {
      responses = frame.index.count
      drugs = Set(frame["drug"]?.words ?? []).count
    }
    let tissues = (try store.obs()["tissue"]?.words ?? []).filter { !$0.isEmpty }
      .reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    return CohortContent(
      name: cohort.name, title: try title(of: cohort, store), role: side == .source ? "cell lines" : "patients",
      samples: store.samples, measuredGenes: measured, genes: store.genes, unit: try text("expression/unit"),
      assay: try text("expression/assay"), responses: responses, drugs: drugs,
      tissues: tissues.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map {
        .init(name: $0.key, count: $0.value)
      },
      dropped: try dropped(store))
  }

  /// The cohort's title as its store has it, else its name.
  private func title(of cohort: Cohort, _ store: CohortStore) throws -> String {
    guard case .string(let title) = try store.value(at: "therapi/title") else {
      return cohort.ingest?.title ?? cohort.name
    }
    return title
  }

  private func dropped(_ store: CohortStore) throws -> [CohortContent.Dropped] {
    guard case .frame(let frame) = try store.value(at: "provenance/counts") else { return [] }
    let columns = (
      frame["kind"]?.words ?? frame.index, frame["reason"]?.words ?? [], frame["count"]?.numbersOrGaps ?? []
    )
    return zip(columns.0, zip(columns.1, columns.2)).map { kind, rest in
      .init(kind: kind, reason: rest.0, count: Int(rest.1 ?? 0))
    }
  }

  private func alignmentContent() throws -> AlignmentContent? {
    guard let summary = try CohortStore(target.path).alignment() else { return nil }
    return AlignmentContent(
      preset: summary.preset, standardisation: summary.standardisation, source: summary.source,
      cellLines: summary.cellLines.count, epochs: summary.curve?.index.count,
      measures: summary.measures.map {
        .init(name: $0.name, raw: $0.raw, latent: $0.latent, aligned: $0.alignedExpression)
      })
  }

  // MARK: Predictions

  /// `title`: that of the cell lines.
  private func predictions(trainedOn title: String) throws -> PredictionContent {
    let (store, scores) = (try CohortStore(target.path), try CohortStore(folder.scores(.full)))
    let names = try scores.scoredNames()
    var values = ScoreStore.Scores()
    try scores.forEachScore { _, block in
      values.labels += block.labels
      values.logits += block.logits
      // One fold has no spread.
      values.deviations += block.deviations.map { $0.isFinite ? $0 : 0 }
      values.probabilities += block.probabilities
    }
    let lines = try store.alignment()?.cellLines ?? []
    let obs = try store.obs()
    let weights = try store.obsm(AlignmentSummary.Part.weights)
    let tissues = obs["tissue"]?.words
    let entropies = obs[AlignmentSummary.Part.heterogeneity]?.numbersOrGaps
    let width = names.drugs.count
    return PredictionContent(
      method:
        "The mean of \(study.predictor.settings.folds) models that were trained on pairs of a cell line and a drug "
        + "(\(title)). A probability is that of a response as cell lines show it; it was "
        + "not calibrated on patients, so ranks say more than its height.",
      file: "tables/scores.csv", folds: study.predictor.settings.folds, drugs: names.drugs,
      cellLines: lines.map { .init(name: $0.name, tissue: $0.tissue) },
      patients: names.samples.enumerated().map { row, name in
        .init(
          name: name, tissue: tissues.flatMap { $0[row].isEmpty ? nil : $0[row] }, heterogeneity: entropies?[row],
          mixture: Self.heaviest(weights, row))
      },
      probabilities: PackedNumbers(values.probabilities), logits: PackedNumbers(values.logits),
      deviations: PackedNumbers(values.deviations),
      labels: values.labels.enumerated().compactMap { pair, label in
        label < 0 ? nil : .init(patient: pair / width, drug: pair % width, value: Int(label))
      })
  }

  /// The cell lines with the largest weights of a patient.
  private static func heaviest(_ weights: Matrix, _ row: Int) -> [PredictionContent.Component] {
    let values = weights.values[row * weights.columns..<(row + 1) * weights.columns]
    return values.enumerated().sorted { ($0.element, -$0.offset) > ($1.element, -$1.offset) }
      .prefix(PageBudget().components)
      .map { .init(cellLine: $0.offset, weight: Double($0.element)) }
  }

  // MARK: Provenance

  private func provenance() throws -> ProvenanceContent {
    var inputs: [ProvenanceContent.Input] = []
    for cohort in [source, target] {
      inputs += try recordedInputs(of: cohort.path).map {
        .init(file: $0.file, role: "\(cohort.name), \($0.role)", sha256: $0.sha256)
      }
    }
    let settings = study.predictor.settings
    return ProvenanceContent(
      inputs: inputs,
      versions: [
        .init("therapi", ToolVersion.current),
        .init("aligner (fingerprint)", try AlignerFile(reading: folder.aligner).model),
        .init("perturbation model (fingerprint)", try readPerturbationModel().fingerprint),
        .init("order of genes (SHA-256)", LandmarkPanel.shared.orderHash),
      ],
      settings: [
        .init("alignment", "preset \(alignment.preset.rawValue), \(alignment.settings.epochs) epochs"),
        .init(
          "predictor",
          "preset \(study.predictor.preset.rawValue), \(settings.folds) folds by \(settings.split.rawValue), at most "
            + "\(settings.epochs) epochs, patience \(settings.patience), seed \(settings.seed)"),
        .init("intervals", "\(study.resamples) bootstrap resamples, seed 1"),
      ],
      commands: [command], files: Self.files)
  }

  /// What was typed, quoted for a shell where it needs it; but not where the results go, which may be moved.
  private var command: String {
    let settings = study.settings.filter { !$0.hasPrefix("results=") }
    let words = ["therapi", "run", study.file] + settings.flatMap { ["--set", $0] }
    return words.map { word in
      let isPlain = word.utf8.allSatisfy { $0 > 0x7F || Self.plain.contains($0) }
      return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }.joined(separator: " ")
  }

  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%".utf8)

  private static let files: [ProvenanceContent.Entry] = [
    .init("metrics.json", "every figure of the evaluation, of heterogeneity, survival and groups"),
    .init("tables/", "the same as CSV, and scores.csv: all predictions of all patients"),
    .init("figures/", "the pictures of this page as SVG"),
    .init("stores/, scores/", "cohorts with embeddings, and scores, as .h5ad"),
    .init("runs/, models/", "weights and training records"),
    .init("report.json", "the content of this page, from which `therapi report` makes it again"),
    .init("state.json", "what was done with which inputs"),
  ]
}
