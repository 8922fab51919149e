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
    package var resumed = 0
    package var isUnchanged = false
    package var seconds = 0.0

    fileprivate init(output: String, csv: String?, shard: Shard, plan: ScoringPlan, labelled: Int?) {
      (self.output, self.csv, self.shard, self.labelled) = (output, csv, "\(shard)", labelled)
      samples = plan.samples(of: shard).count
      drugs = plan.drugs.count
      pairs = samples * drugs
      (folds, layer, branches) = (plan.folds.count, plan.layer, plan.branches.map(\.rawValue))
    }
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
    let inputs = try ScoringInputs(path, options)
    let (plan, cohort) = (inputs.plan, inputs.cohort)
    let assembly =
      shard == .whole ? try ScoreAssembly(plan, samples: cohort.samples, store: cohort.store) : nil
    var report = Report(output: output, csv: csv, shard: shard, plan: plan, labelled: assembly?.labelled)
    report.isUnchanged = try !options.restarts && isCurrent(output, plan, shard)
    if report.isUnchanged {
      logger.notice("the scores are of this run and these data: nothing to do", metadata: ["path": "\(output)"])
      try ScoreJournal.discard(of: output, plan, shard)
    } else {
      let journal = try ScoreJournal(of: output, plan, shard)
      if options.restarts { try journal.entries.begin() }
      report.resumed = try compute(journal, inputs)
      try finish(journal, assembly, output: output)
    }
    try writeTable(output, csv)
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return report
  }

  /// Makes the journal what was asked for: the store that `assembly` puts together, or a part.
  private func finish(_ journal: ScoreJournal, _ assembly: ScoreAssembly?, output: String) throws {
    guard let assembly else { return try journal.become(output) }
    progress?.begin("writing \(output)")
    try assembly.write([journal.entries], to: output)
    try journal.remove()
  }

  private func writeTable(_ store: String, _ csv: String?) throws {
    guard let csv else { return }
    progress?.begin("writing \(csv)")
    try ScoreTable.write(store, to: csv)
  }

  /// Fills the journal; returns the number of samples that stood there already.
  private func compute(_ journal: ScoreJournal, _ inputs: ScoringInputs) throws -> Int {
    let (cohort, drugs) = (inputs.cohort, inputs.drugs)
    let predictor = try inputs.predictor(lanes: lanes)
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
      try entries.write(ScoreSummary.rows(logits, folds: predictor.folds), entry: number)
      progress?.advance(
        RunStep(
          "scoring", done: (rows.upperBound - entries.samples.lowerBound) * drugs.names.count,
          total: entries.samples.count * drugs.names.count, unit: .things("pairs")))
    }
    return resumed
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
