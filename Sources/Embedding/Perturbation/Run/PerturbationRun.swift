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
    /// Whether what was there is of the same model, data and settings, so that nothing was done.
    package var isUnchanged: Bool
    package var seconds: Double
  }

  package let model: PerturbationModel
  package let settings: PerturbationSettings
  private let lanes: Lanes
  private let progress: (any RunProgress)?
  private let logger: Logger

  /// Where the drugs' embeddings stand in a cohort's store, below `uns`.
  package static let drugMember = "drug_embeddings/X_compound"

  package init(
    _ model: PerturbationModel, _ settings: PerturbationSettings, lanes: Int = 2, progress: (any RunProgress)? = nil,
    logger: Logger
  ) {
    (self.model, self.settings, self.lanes) = (model, settings, Lanes(lanes))
    (self.progress, self.logger) = (progress, logger)
  }

  // MARK: Drugs alone

  /// Embeds the drugs of a store, or of `drugs`, into `uns/drug_embeddings/X_compound` of the store.
  package func embedDrugs(_ drugs: DrugList?, into path: String) throws -> Report {
    let start = ContinuousClock.now
    let list = try drugs ?? DrugList(of: CohortStore(path))
    let embedded = try embed(list, map: model.map(lanes: lanes))
    progress?.begin("writing \(path)")
    var members = record
    members["drugs"] = .frame(embedded.frame)
    members["skipped"] = .frame(embedded.skippedFrame)
    members["values"] = .matrix(
      Matrix(rows: embedded.members.count, columns: model.genes.count, values: embedded.compounds))
    members["settings"] = .group(embedded.settings.mapValues(StoreValue.string))
    try StoreUpdate.update(path) { try $0.set(uns: Self.drugMember, .group(members)) }
    return report(path, embedded, pairs: 0, skippedPairs: 0, isUnchanged: false, since: start)
  }

  /// Embeds the drugs of a list into a file of their own, whose rows are drugs.
  package func embedDrugs(_ drugs: DrugList, output path: String) throws -> Report {
    let start = ContinuousClock.now
    let embedded = try embed(drugs, map: model.map(lanes: lanes))
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
    return report(path, embedded, pairs: 0, skippedPairs: 0, isUnchanged: false, since: start)
  }

  private func embed(_ list: DrugList, map: PerturbationMap) throws -> EmbeddedDrugs {
    let embedded = try EmbeddedDrugs(list, settings, genes: model.genes, map: map, progress: progress)
    for skipped in embedded.skipped {
      logger.warning("drug skipped", metadata: ["drug": "\(skipped.drug.name)", "cause": "\(skipped.error.cause)"])
    }
    return embedded
  }

  // MARK: Pairs

  /// Embeds pairs into a store of their own; where it is there already, of the same model, data and settings, it stays.
  package func embedPairs(
    _ selection: PairSelection, of path: String, drugs: DrugList?, output: String, restarts: Bool = false
  ) throws -> Report {
    let start = ContinuousClock.now
    progress?.begin("reading \(path)")
    let cohort = try PerturbationCohort(
      CohortStore(path), layer: settings.layer, takesAnyUnit: settings.takesAnyUnit)
    let list = try drugs ?? DrugList(of: cohort.store)
    let map = try model.map(lanes: lanes)
    let embedded = try embed(list, map: map)
    let pairs = try PairList(
      selection, samples: cohort.samples, drugs: embedded.names, skipped: Set(embedded.skipped.map(\.drug.name)),
      store: cohort.store)
    let uns = try provenance(cohort, embedded, pairs)
    if !restarts, try isCurrent(output, uns) {
      logger.notice("the pairs are of this model, data and settings: nothing to do", metadata: ["path": "\(output)"])
      return report(
        output, embedded, pairs: pairs.labels.count, skippedPairs: pairs.skipped, isUnchanged: true, since: start)
    }
    let writing = PairWriting(model: model, map: map, cohort: cohort, drugs: embedded, pairs: pairs, progress: progress)
    try writing.write(to: output, by: maker(pairSettings(embedded)), uns: uns)
    return report(
      output, embedded, pairs: pairs.labels.count, skippedPairs: pairs.skipped, isUnchanged: false, since: start)
  }

  /// What is kept of how the pairs were made. `key` tells two stores of pairs apart.
  private func provenance(
    _ cohort: PerturbationCohort, _ drugs: EmbeddedDrugs, _ pairs: PairList
  ) throws -> [String: StoreValue] {
    let settings = pairSettings(drugs)
    var members = record
    members["cohort"] = .string(cohort.name)
    members["input"] = .string(try cohort.store.inputFingerprint().sha256)
    if let layerModel = cohort.layerModel { members["layer_model"] = .string(layerModel) }
    members["unit"] = .string(cohort.unit)
    members["settings"] = .group(settings.mapValues(StoreValue.string))
    members["mean"] = .numbers(cohort.standard.mean)
    members["deviation"] = .numbers(cohort.standard.deviation)
    members["pairs_skipped"] = .integer(Int64(pairs.skipped))
    var texts = [model.fingerprint, try cohort.store.inputFingerprint().sha256, cohort.layerModel ?? ""]
    texts += settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    texts += drugs.members.map { "\($0.drug.name)=\($0.drug.smiles)" }
    texts += zip(pairs.pairs, pairs.labels).map { "\($0.sample) \($0.drug) \($1)" }
    members["key"] = .string(SHA256.hex(of: texts.joined(separator: "\n").utf8))
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

  private func isCurrent(_ path: String, _ uns: [String: StoreValue]) throws -> Bool {
    guard FileManager.default.fileExists(atPath: path), case .group(let members) = uns[PairStore.record] else {
      return false
    }
    return try CohortStore(path).value(at: "\(PairStore.record)/key") == members["key"]
  }

  private func report(
    _ output: String, _ drugs: EmbeddedDrugs, pairs: Int, skippedPairs: Int, isUnchanged: Bool,
    since start: ContinuousClock.Instant
  ) -> Report {
    Report(
      output: output, kind: model.kind.rawValue, model: model.fingerprint, drugs: drugs.members.count,
      skippedDrugs: Dictionary(drugs.skipped.map { ($0.drug.name, $0.error.cause) }) { first, _ in first },
      pairs: pairs, skippedPairs: skippedPairs, isUnchanged: isUnchanged,
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
