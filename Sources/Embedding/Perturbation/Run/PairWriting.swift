import Cohorts
import Runs

/// Computes pairs block by block and writes each block where it belongs: memory grows with the cohort and the drugs, and
/// not with their pairs.
///
/// Each block stands in a journal before the next is computed, from which a run that was killed goes on.
struct PairWriting {
  let model: PerturbationModel
  let map: PerturbationMap
  let cohort: PerturbationCohort
  let drugs: EmbeddedDrugs
  let pairs: PairList
  let progress: (any RunProgress)?

  /// Writes a part of the pairs, or all of them; how many were taken from the journal.
  ///
  /// Throws `StoreError`, `EmbeddingError` for a journal that cannot be kept, and `CancellationError`.
  func write(to path: String, _ plan: BlockPlan, _ shard: Shard, uns: [String: StoreValue]) throws -> Int {
    let rows = plan.rows(of: shard)
    let journal = try BlockJournal(of: path, plan, shard)
    let record = plan.record
    let maker = PairStore.Maker(
      model: record.model, panelOrder: record.panelOrder, settings: record.settings, toolVersion: record.toolVersion)
    var resumed = 0
    try PairStore.write(
      to: path, name: cohort.name, obs: obs(rows),
      blocks: [PairStore.perturbed, PairStore.compound].map { .init($0, columns: model.genes.count) }, by: maker,
      uns: uns
    ) { writer in
      var done = try journal.replay(from: rows.lowerBound, limit: rows.upperBound) {
        try put($0, $1, from: rows.lowerBound, by: writer)
      }
      resumed = done - rows.lowerBound
      let (samples, parts) = (map.samples(model.genes.ordered(cohort.expression)), map.drugs(drugs.modelCompounds))
      while done < rows.upperBound {
        try Task.checkCancellation()
        let block = done..<min(rows.upperBound, done + plan.step)
        let values = perturbed(block, samples, parts)
        try journal.append(values, from: block.lowerBound)
        try put(block, values, from: rows.lowerBound, by: writer)
        done = block.upperBound
        progress?.advance(
          RunStep("perturbing", done: done - rows.lowerBound, total: rows.count, unit: .things("pairs")))
      }
    }
    try journal.remove()
    return resumed
  }

  /// Expression after the drug of some pairs, in the panel's order.
  private func perturbed(
    _ rows: Range<Int>, _ samples: PerturbationMap.Parts, _ parts: PerturbationMap.Parts
  ) -> [Float] {
    let genes = model.genes.count
    let perturbed = map.perturbed(samples, parts, pairs: Array(pairs.pairs[rows]))
    return [Float](unsafeUninitializedCapacity: rows.count * genes) { buffer, filled in
      guard let out = buffer.baseAddress else { return }
      for row in 0..<rows.count { model.genes.unordered(perturbed.pointer + row * genes, into: out + row * genes) }
      filled = rows.count * genes
    }
  }

  /// Writes some pairs, with their drugs' compounds; the store begins with pair `first`.
  private func put(_ rows: Range<Int>, _ values: [Float], from first: Int, by writer: PairStore.Writer) throws {
    let places = rows.lowerBound - first..<rows.upperBound - first
    try values.withUnsafeBufferPointer { try writer.set(PairStore.perturbed, places, $0) }
    let genes = model.genes.count
    var compounds: [Float] = []
    compounds.reserveCapacity(rows.count * genes)
    for pair in pairs.pairs[rows] { compounds += drugs.compounds[pair.drug * genes..<(pair.drug + 1) * genes] }
    try compounds.withUnsafeBufferPointer { try writer.set(PairStore.compound, places, $0) }
  }

  private func obs(_ rows: Range<Int>) -> Frame {
    var obs = Frame(indexName: "pair", index: rows.map { "\($0)" })
    obs.set("sample", Self.category(pairs.pairs[rows].map(\.sample), of: cohort.samples))
    obs.set("drug", Self.category(pairs.pairs[rows].map(\.drug), of: drugs.names))
    obs.set("label", .int32s(Array(pairs.labels[rows])))
    return obs
  }

  private static func category(_ places: [Int], of names: [String]) -> Column {
    .categorical(codes: places.map(Int32.init), categories: names, ordered: false)
  }
}
