import Cohorts
import Files
import Foundation
import Logging
import Matrices
import Molecules
import Problems
import Runs

/// Embeds drugs, or pairs of a cohort's samples and drugs, by a perturbation model.
package struct PerturbationRun {
  /// What it came to.
  package struct Report: Sendable, Encodable {
    package var output: String
    package var kind: String
    package var model: String
    package var drugs: Int
    /// Drugs left out, and why.
    package var skippedDrugs: [String: String]
    /// 0 where drugs alone were embedded.
    package var pairs: Int
    /// Pairs left out, of drugs that were skipped and of samples that are not there.
    package var skippedPairs: Int
    /// Which part of the pairs it is, as in 2/5; nil where it is all of them.
    package var shard: String?
    /// Pairs of this file that an earlier run had left.
    package var resumedPairs: Int
    /// Whether what was there is of the same model, data and settings, so that nothing was done.
    package var isUnchanged: Bool
    package var seconds: Double
  }

  package let model: PerturbationModel
  package let settings: PerturbationSettings
  private let lanes: Lanes
  private let progress: (any RunProgress)?
  private let logger: Logger

  package init(
    _ model: PerturbationModel, _ settings: PerturbationSettings, lanes: Int = 2, progress: (any RunProgress)? = nil,
    logger: Logger
  ) {
    (self.model, self.settings, self.lanes) = (model, settings, Lanes(lanes))
    (self.progress, self.logger) = (progress, logger)
  }

  // MARK: Drugs alone

  /// Embeds the drugs of a store, or of `drugs`, into the store's `DrugEmbeddings`.
  package func embedDrugs(_ drugs: DrugList?, into path: String) throws -> Report {
    let start = ContinuousClock.now
    let list = try drugs ?? DrugList(of: CohortStore(path))
    let embedded = try embed(list, map: model.map(lanes: lanes), listing: "\(path):/uns/\(DrugEmbeddings.path)/skipped")
    progress?.begin("writing \(path)")
    let embeddings = DrugEmbeddings(
      drugs: embedded.names, smiles: embedded.members.map(\.drug.smiles),
      values: Matrix(rows: embedded.members.count, columns: model.genes.count, values: embedded.compounds),
      model: model.fingerprint, kind: model.kind.rawValue, settings: embedded.settings)
    let value = embeddings.value(
      table: embedded.frame, skipped: embedded.skippedFrame,
      input: DrugEmbeddings.fingerprint(of: list.drugs.map { ($0.name, $0.smiles) }),
      source: drugs == nil ? .store : .table, panelOrder: model.geneOrder, toolVersion: ToolVersion.current)
    try StoreUpdate.update(path) { try $0.set(uns: DrugEmbeddings.path, value) }
    return drugReport(path, embedded, since: start)
  }

  /// Embeds the drugs of a list into a file of their own, whose rows are drugs.
  package func embedDrugs(_ drugs: DrugList, output path: String) throws -> Report {
    let start = ContinuousClock.now
    let embedded = try embed(drugs, map: model.map(lanes: lanes), listing: "\(path):/uns/skipped")
    progress?.begin("writing \(path)")
    var members = record
    members["settings"] = .group(embedded.settings.mapValues(StoreValue.string))
    try PairStore.write(
      to: path, name: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent, obs: embedded.frame,
      blocks: [.init(PairStore.compound, columns: model.genes.count)], by: maker(embedded.settings),
      uns: ["drug_embeddings": .group(members), "skipped": .frame(embedded.skippedFrame)]
    ) { writer in
      try embedded.compounds.withUnsafeBufferPointer {
        try writer.set(PairStore.compound, 0..<embedded.members.count, $0)
      }
    }
    return drugReport(path, embedded, since: start)
  }

  /// `listing`: where the drugs that are skipped will stand with their reasons.
  private func embed(_ list: DrugList, map: PerturbationMap, listing: String) throws -> EmbeddedDrugs {
    let embedded = try EmbeddedDrugs(list, settings, genes: model.genes, map: map, progress: progress)
    for skipped in embedded.skipped {
      logger.info("drug skipped", metadata: ["drug": "\(skipped.drug.name)", "cause": "\(skipped.error.cause)"])
    }
    if !embedded.skipped.isEmpty {
      logger.warning(
        "\(embedded.skipped.count) of \(list.drugs.count) drugs skipped: \(listing) lists them with the reasons")
    }
    return embedded
  }

  // MARK: Pairs

  /// Embeds pairs into a store of their own, or one of several parts of them into a part's file; where that is there
  /// already, of the same model, data and settings, it stays.
  ///
  /// A run that was killed is taken up where it was, unless `restarts`.
  package func embedPairs(
    _ selection: PairSelection, of path: String, drugs: DrugList?, output: String, shard: Shard? = nil,
    restarts: Bool = false
  ) throws -> Report {
    let start = ContinuousClock.now
    progress?.begin("reading \(path)")
    let cohort = try PerturbationCohort(
      CohortStore(path), layer: settings.layer, takesAnyUnit: settings.takesAnyUnit)
    let list = try drugs ?? DrugList(of: cohort.store)
    let map = try model.map(lanes: lanes)
    let target = shard.map { PairPart.path(of: output, $0) } ?? output
    let embedded = try embed(list, map: map, listing: "\(target):/uns/skipped")
    let pairs = try PairList(
      selection, samples: cohort.samples, drugs: embedded.names, skipped: Set(embedded.skipped.map(\.drug.name)),
      store: cohort.store)
    let plan = try plan(cohort, embedded, pairs)
    var report = report(target, embedded, pairs: plan.rows(of: shard ?? .whole).count, skippedPairs: pairs.skipped)
    report.shard = shard.map(String.init(describing:))
    report.isUnchanged = try !restarts && isCurrent(target, plan, shard)
    if restarts || report.isUnchanged { try BlockJournal.discard(of: target, plan, shard ?? .whole) }
    if report.isUnchanged {
      logger.notice("the pairs are of this model, data and settings: nothing to do", metadata: ["path": "\(target)"])
    } else {
      let writing = PairWriting(
        model: model, map: map, cohort: cohort, drugs: embedded, pairs: pairs, progress: progress)
      report.resumedPairs = try writing.write(
        to: target, plan, shard ?? .whole, uns: provenance(cohort, embedded, pairs, plan, shard))
    }
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return report
  }

  /// What all that is kept of the pairs must agree on.
  private func plan(_ cohort: PerturbationCohort, _ drugs: EmbeddedDrugs, _ pairs: PairList) throws -> BlockPlan {
    let settings = pairSettings(drugs)
    let record = BlockRecord(
      model: model.fingerprint, input: InputFingerprint(sha256: try key(cohort, settings, drugs, pairs)),
      panelOrder: model.geneOrder, settings: settings, toolVersion: ToolVersion.current)
    return BlockPlan(
      path: BlockPath(.obsm, PairStore.perturbed), columns: model.genes.count, samples: pairs.labels.count,
      record: record, step: PerturbationMap.block)
  }

  /// SHA-256 of all that the pairs depend on.
  private func key(
    _ cohort: PerturbationCohort, _ settings: [String: String], _ drugs: EmbeddedDrugs, _ pairs: PairList
  ) throws -> String {
    var texts = [model.fingerprint, try cohort.store.inputFingerprint().sha256, cohort.layerModel ?? ""]
    texts += settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    texts += drugs.members.map { "\($0.drug.name)=\($0.drug.smiles)" }
    texts += zip(pairs.pairs, pairs.labels).map { "\($0.sample) \($0.drug) \($1)" }
    return SHA256.hex(of: texts.joined(separator: "\n").utf8)
  }

  /// What is kept of how the pairs were made. `key` tells two stores of pairs apart.
  private func provenance(
    _ cohort: PerturbationCohort, _ drugs: EmbeddedDrugs, _ pairs: PairList, _ plan: BlockPlan, _ shard: Shard?
  ) throws -> [String: StoreValue] {
    var members = record
    members["cohort"] = .string(cohort.name)
    members["input"] = .string(try cohort.store.inputFingerprint().sha256)
    if let layerModel = cohort.layerModel { members["layer_model"] = .string(layerModel) }
    members["unit"] = .string(cohort.unit)
    members["settings"] = .group(plan.record.settings.mapValues(StoreValue.string))
    members["mean"] = .numbers(cohort.standard.mean)
    members["deviation"] = .numbers(cohort.standard.deviation)
    members["pairs_skipped"] = .integer(Int64(pairs.skipped))
    members[PairStore.keyMember] = .string(plan.record.input.sha256)
    if let shard { members[PairStore.shardMember] = .string("\(shard)") }
    return [
      PairStore.record: .group(members), "drugs": .frame(drugs.frame), "skipped": .frame(drugs.skippedFrame),
    ]
  }

  private func maker(_ settings: [String: String]) -> PairStore.Maker {
    PairStore.Maker(
      model: model.fingerprint, panelOrder: model.geneOrder, settings: settings, toolVersion: ToolVersion.current)
  }

  private var record: [String: StoreValue] {
    [
      "model": .string(model.fingerprint), "kind": .string(model.kind.rawValue),
      "panel_order": .string(model.geneOrder), "tool_version": .string(ToolVersion.current),
    ]
  }

  /// What pairs depend on beside the model and the data.
  private func pairSettings(_ drugs: EmbeddedDrugs) -> [String: String] {
    drugs.settings.merging(["layer": settings.layer.rawValue, "standardisation": "per-gene-over-cohort"]) { $1 }
  }

  private func isCurrent(_ path: String, _ plan: BlockPlan, _ shard: Shard?) throws -> Bool {
    guard FileManager.default.fileExists(atPath: path) else { return false }
    let store = try CohortStore(path)
    func member(_ name: String) throws -> StoreValue? { try store.value(at: "\(PairStore.record)/\(name)") }
    return try member(PairStore.keyMember) == .string(plan.record.input.sha256)
      && member(PairStore.shardMember) == shard.map { .string("\($0)") }
  }

  private func report(_ output: String, _ drugs: EmbeddedDrugs, pairs: Int, skippedPairs: Int) -> Report {
    Report(
      output: output, kind: model.kind.rawValue, model: model.fingerprint, drugs: drugs.members.count,
      skippedDrugs: Dictionary(drugs.skipped.map { ($0.drug.name, $0.error.cause) }) { first, _ in first },
      pairs: pairs, skippedPairs: skippedPairs, shard: nil, resumedPairs: 0, isUnchanged: false, seconds: 0)
  }

  private func drugReport(
    _ output: String, _ drugs: EmbeddedDrugs, since start: ContinuousClock.Instant
  ) -> Report {
    var report = report(output, drugs, pairs: 0, skippedPairs: 0)
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return report
  }
}
