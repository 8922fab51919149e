import Cohorts
import Embedding
import Files
import Foundation
import Logging
import Matrices
import Problems
import Runs

/// Scores every sample of a cohort with drugs by the predictors of a run, into a store of scores.
package struct ScoringRun {
  /// What is scored, and with what.
  package struct Options: Sendable {
    /// The folder that `therapi train` wrote.
    package var run: String
    /// The perturbation model that the run was trained with; nil only for a run without the perturbation branch.
    package var model: PerturbationModel?
    /// The store that the run was trained on; nil where neither its drugs nor its standard are needed.
    package var source: String?
    package var drugs: DrugSelection
    /// What is left out: the alignment, so that expression before the drug is the cohort's own, and branches, which the
    /// run must have been trained without.
    package var without: Set<Ablation>
    package var restarts: Bool

    package init(
      run: String, model: PerturbationModel?, source: String?, drugs: DrugSelection = .all,
      without: Set<Ablation> = [], restarts: Bool = false
    ) {
      (self.run, self.model, self.source, self.drugs) = (run, model, source, drugs)
      (self.without, self.restarts) = (without, restarts)
    }
  }

  /// What it came to.
  package struct Report: Sendable, Encodable {
    /// The store of scores, or the part.
    package var output: String
    package var csv: String?
    package var shard: String
    package var samples: Int
    package var drugs: Int
    package var pairs: Int
    /// Pairs of which the cohort knows the response; nil for a part.
    package var labelled: Int?
    package var folds: Int
    package var layer: String?
    package var branches: [String]
    /// Samples that an earlier run had scored.
    package var resumed: Int
    package var isUnchanged: Bool
    package var seconds: Double
  }

  private let options: Options
  private let lanes: Lanes
  private let progress: (any RunProgress)?
  private let logger: Logger

  package init(_ options: Options, lanes: Int = 2, progress: (any RunProgress)? = nil, logger: Logger) {
    (self.options, self.lanes, self.progress, self.logger) = (options, Lanes(lanes), progress, logger)
  }

  /// Path of the scores of a store: `NAME.scores.h5ad`, or `NAME.scores.2-of-5.part`.
  package static func output(of store: String, _ shard: Shard = .whole) -> String {
    let stem = store.hasSuffix(".h5ad") ? String(store.dropLast(5)) : store
    return shard.count == 1 ? "\(stem).scores.h5ad" : "\(stem).scores.\(shard.number)-of-\(shard.count).part"
  }

  /// Scores the store at `path` into `output`, and into a table where `csv` names one. What is there already, of the same
  /// plan, stays; a run that was killed goes on. Throws `PredictionError`, `EmbeddingError`, `StoreError`, `FormatError`
  /// and `CancellationError`.
  package func score(_ path: String, output: String, csv: String? = nil, shard: Shard = .whole) throws -> Report {
    precondition(csv == nil || shard == .whole, "a table of a part")
    let start = ContinuousClock.now
    progress?.begin("reading \(path)")
    let folder = try ScoringRunFolder(options.run)
    try checkBranches(folder.record)
    try checkModel(folder.record)
    let cohort = try ScoringCohort(
      path, record: folder.record, source: options.source, isAligned: !options.without.contains(.alignment))
    let drugs = try ScoringDrugs(options.drugs, of: folder.record, tables: tables(cohort, folder.record))
    let plan = plan(folder, cohort, drugs)
    func report(_ labelled: Int?, resumed: Int, isUnchanged: Bool) -> Report {
      Report(
        output: output, csv: csv, shard: "\(shard)", samples: plan.samples(of: shard).count, drugs: drugs.names.count,
        pairs: plan.samples(of: shard).count * drugs.names.count, labelled: labelled, folds: plan.folds.count,
        layer: plan.layer, branches: plan.branches.map(\.rawValue), resumed: resumed, isUnchanged: isUnchanged,
        seconds: (ContinuousClock.now - start) / .seconds(1))
    }
    if !options.restarts, try isCurrent(output, plan, shard) {
      logger.notice("the scores are of this run and these data: nothing to do", metadata: ["path": "\(output)"])
      let labelled =
        shard == .whole ? try ScoreAssembly(plan, samples: cohort.samples, store: cohort.store).labelled : nil
      try writeTable(output, csv)
      return report(labelled, resumed: 0, isUnchanged: true)
    }
    let journal = try ScoreJournal(of: output, plan, shard)
    if options.restarts { try journal.entries.begin() }
    let resumed = try compute(journal, cohort, folder.folded(options.model, lanes: lanes), drugs)
    guard shard == .whole else {
      try journal.become(output)
      return report(nil, resumed: resumed, isUnchanged: false)
    }
    progress?.begin("writing \(output)")
    let assembly = try ScoreAssembly(plan, samples: cohort.samples, store: cohort.store)
    try assembly.write([journal.entries], to: output)
    try journal.remove()
    try writeTable(output, csv)
    return report(assembly.labelled, resumed: resumed, isUnchanged: false)
  }

  private func writeTable(_ store: String, _ csv: String?) throws {
    guard let csv else { return }
    progress?.begin("writing \(csv)")
    try ScoreTable.write(store, to: csv)
  }

  /// Fills the journal; returns the number of samples that stood there already.
  private func compute(
    _ journal: ScoreJournal, _ cohort: ScoringCohort, _ predictor: FoldedPredictor, _ drugs: ScoringDrugs
  ) throws -> Int {
    let (entries, done) = (journal.entries, try journal.restore())
    let resumed = done == 0 ? 0 : entries.samples(ofEntry: done - 1).upperBound - entries.samples.lowerBound
    if resumed > 0 { logger.notice("going on after \(resumed) samples", metadata: ["journal": "\(entries.path)"]) }
    let prepared = predictor.drugs(drugs.compounds)
    for number in done..<max(done, entries.count) {
      try Task.checkCancellation()
      let rows = entries.samples(ofEntry: number)
      let logits = predictor.logits(try cohort.samples(rows), count: rows.count, prepared)
      guard logits.allSatisfy(\.isFinite) else {
        throw PredictionError(
          .model, at: Place(cohort.store.path), "gives a log odds that is no number for samples \(rows)",
          remedy: "look at their expression and embeddings")
      }
      try entries.write(FoldSummary.rows(logits, folds: predictor.folds), entry: number)
      progress?.advance(
        RunStep(
          "scoring", done: (rows.upperBound - entries.samples.lowerBound) * drugs.names.count,
          total: entries.samples.count * drugs.names.count, unit: .things("pairs")))
    }
    return resumed
  }

  // MARK: What it is made of

  private func checkBranches(_ record: RunRecord) throws {
    for branch in options.without.compactMap(\.branch) where record.shape.branches.contains(branch) {
      throw PredictionError(
        .settings, at: Place("\(options.run)/\(RunFolder.record)", field: "shape"), "has the branch \(branch.rawValue)",
        remedy: "train a run with `therapi train --without \(branch.rawValue)`")
    }
  }

  private func checkModel(_ record: RunRecord) throws {
    guard let model = options.model else {
      guard record.shape.branches.contains(.perturbation) else { return }
      throw PredictionError(
        .settings, at: Place("\(options.run)/\(RunFolder.record)", field: "perturbation_model"),
        "names a perturbation model, and none is given",
        remedy: "give --perturbation with the model that the run was trained with")
    }
    guard model.fingerprint == record.perturbationModel else {
      throw PredictionError(
        .model, at: Place("\(options.run)/\(RunFolder.record)", field: "perturbation_model"),
        "names another perturbation model than the one given (\(model.fingerprint.prefix(12))...)",
        remedy: "give --perturbation the model that the run was trained with, or train again with `therapi train`")
    }
  }

  /// Tables of drugs' embeddings, the source's first.
  private func tables(_ cohort: ScoringCohort, _ record: RunRecord) throws -> [DrugTable] {
    var tables: [DrugTable] = []
    if let source = options.source {
      tables.append(try SourceStore(source).drugs(model: record.perturbationModel))
    }
    let own = try SourceStore(cohort.store.path)
    if try own.store.value(at: PerturbationRun.drugMember) != nil {
      tables.append(try own.drugs(model: record.perturbationModel))
    }
    guard !tables.isEmpty else {
      throw PredictionError(
        .settings, at: Place(cohort.store.path, object: "/uns/\(PerturbationRun.drugMember)"),
        "is not there, and the run's source store is not named",
        remedy: "give --source, or run `therapi embed perturbation --drugs-only` with this store")
    }
    return tables
  }

  private func plan(_ folder: ScoringRunFolder, _ cohort: ScoringCohort, _ drugs: ScoringDrugs) -> ScoringPlan {
    let record = folder.record
    return ScoringPlan(
      cohort: cohort.name, input: cohort.input, samples: cohort.samples.count, drugs: drugs.names,
      compounds: drugs.fingerprint, geneOrder: record.geneOrder, run: record.key, folds: folder.files.map(\.model),
      branches: record.shape.branches, layer: cohort.expression.map { $0.path?.name ?? "X" },
      layerModel: cohort.expression?.model, standard: cohort.expression?.standard.fingerprint,
      standardOf: cohort.expression.map { $0.path == nil ? cohort.name : record.source }, rankModel: cohort.rankModel,
      perturbationModel: record.perturbationModel, toolVersion: ToolVersion.current)
  }

  private func isCurrent(_ output: String, _ plan: ScoringPlan, _ shard: Shard) throws -> Bool {
    guard FileManager.default.fileExists(atPath: output) else { return false }
    guard shard == .whole else {
      guard ScorePart.isPart(output) else { return false }
      let entries = try ScorePart(output).entries
      return entries.plan == plan && entries.shard == shard
    }
    return try CohortStore(output).value(at: "\(ScoreStore.record)/key") == .string(plan.key)
  }
}
