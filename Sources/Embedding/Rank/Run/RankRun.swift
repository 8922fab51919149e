import Cohorts
import Logging
import Matrices
import Problems
import Runs

/// Embeds the samples of stores by a model that ranks genes, into `obsm/X_geneformer`.
package final class RankRun {
  private let model: RankModel
  private let options: RankOptions
  private let encoder: RankEncoder
  private let progress: (any RunProgress)?
  private let logger: Logger

  /// Samples that are read, computed and kept together: all that a kill can lose.
  static let block = 32

  package init(_ model: RankModel, _ options: RankOptions, progress: (any RunProgress)? = nil, logger: Logger) {
    (self.model, self.options, self.progress, self.logger) = (model, options, progress, logger)
    encoder = RankEncoder(model.weights, lanes: Lanes(options.lanes))
  }

  /// Embeds a store where its block is missing or stale, going on where a run was killed.
  ///
  /// Memory is that of the model, of a block of samples, and of n x width numbers. Throws a `Problem`, and
  /// `CancellationError`, after which the rows that are done are kept.
  package func run(on path: String) throws -> RankReport {
    let start = ContinuousClock.now
    progress?.begin("reading \(path)")
    let samples = try RankSamples(CohortStore(path), model, forcedUnit: options.forcedUnit)
    let plan = try plan(for: samples)
    var report = RankReport(samples, model, options, path)
    if options.shard == nil, !options.isForced, try isCurrent(plan, in: samples.store) {
      report.wasCurrent = true
      try BlockJournal.discard(of: path, plan, .whole)
    } else {
      try make(plan, samples, path, &report)
    }
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return report
  }

  private func plan(for samples: RankSamples) throws -> BlockPlan {
    var settings = [
      "kind": "rank", "model": model.name, "layer": options.layer.rawValue, "unit": "\(samples.unit.unit)",
      "genes": "\(samples.genes.genes.count)", "dictionaries": model.vocabulary.fingerprint,
    ]
    if samples.unit.isForced { settings["forced_unit"] = "yes" }
    if let note = model.configuration.note { settings["note"] = note }
    let record = BlockRecord(
      model: model.fingerprint, input: try samples.store.inputFingerprint(), panelOrder: samples.panelOrder,
      settings: settings, toolVersion: ToolVersion.current)
    return BlockPlan(
      path: .rank, columns: model.configuration.hiddenSize, samples: samples.store.samples, record: record)
  }

  private func isCurrent(_ plan: BlockPlan, in store: CohortStore) throws -> Bool {
    try store.cachedBlocks(model: model.fingerprint).contains {
      $0.path == plan.path && $0.state == .current && $0.record?.settings == plan.record.settings
    }
  }

  private func make(_ plan: BlockPlan, _ samples: RankSamples, _ path: String, _ report: inout RankReport) throws {
    let shard = options.shard ?? .whole
    let target = options.shard.map { BlockPart.path(of: path, plan.path, $0) } ?? path
    let journal = try BlockJournal(of: target, plan, shard)
    let rows = shard.rows(of: plan.samples)
    var values = try journal.restore(from: rows.lowerBound, limit: rows.upperBound)
    report.resumed = values.count / plan.columns
    if report.resumed > 0 {
      logger.notice("going on after \(report.resumed) samples", metadata: ["journal": "\(journal.path)"])
    }
    values.reserveCapacity(rows.count * plan.columns)
    var lengths = SequenceLengths()
    for first in stride(from: rows.lowerBound + report.resumed, to: rows.upperBound, by: Self.block) {
      try Task.checkCancellation()
      let part = first..<min(rows.upperBound, first + Self.block)
      let sequences = try samples.sequences(part)
      sequences.forEach { lengths.add($0.count) }
      let means = encoder.means(of: sequences, layer: options.layer, specials: samples.tokenizer.specials)
      try journal.append(means, from: first)
      values += means
      report.computed += part.count
      progress?.advance(
        RunStep(
          "embedding \(path)", done: part.upperBound - rows.lowerBound, total: rows.count, unit: .things("samples")))
    }
    (report.leastTokens, report.meanTokens, report.mostTokens) = (lengths.least, lengths.mean, lengths.most)
    progress?.begin("writing \(target)")
    if let shard = options.shard {
      try BlockPart(plan, shard, values: values).write(to: target)
      report.part = target
    } else {
      try StoreUpdate.update(path) {
        try $0.set(plan.path, Matrix(rows: plan.samples, columns: plan.columns, values: values), plan.record)
      }
    }
    try journal.remove()
  }
}

/// Counts of tokens.
private struct SequenceLengths {
  private var count = 0
  private var sum = 0
  private(set) var most = 0
  private var fewest = Int.max

  var least: Int { count == 0 ? 0 : fewest }
  var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

  mutating func add(_ length: Int) {
    (count, sum) = (count + 1, sum + length)
    (most, fewest) = (max(most, length), min(fewest, length))
  }
}

extension RankReport {
  fileprivate init(_ samples: RankSamples, _ model: RankModel, _ options: RankOptions, _ path: String) {
    self.init(
      store: path, part: nil, samples: samples.store.samples, computed: 0, resumed: 0, wasCurrent: false,
      model: model.name, fingerprint: model.fingerprint, note: model.configuration.note,
      layer: options.layer.rawValue, width: model.configuration.hiddenSize, unit: "\(samples.unit.unit)",
      genes: samples.genes.genes.count, genesWithout: samples.genes.without,
      genesUnmeasured: samples.genes.unmeasured.count, leastTokens: 0, meanTokens: 0, mostTokens: 0, seconds: 0)
  }
}
