import Cohorts
import Runs

/// Computes pairs block by block and writes each block where it belongs: memory grows with the cohort and the drugs, and
/// not with their pairs.
struct PairWriting {
  let model: PerturbationModel
  let map: PerturbationMap
  let cohort: PerturbationCohort
  let drugs: EmbeddedDrugs
  let pairs: PairList
  let progress: (any RunProgress)?

  /// Throws `StoreError`, and `CancellationError`.
  func write(to path: String, by maker: PairStore.Maker, uns: [String: StoreValue]) throws {
    let samples = map.samples(model.genes.ordered(cohort.expression))
    let parts = map.drugs(drugs.modelCompounds)
    let (count, genes) = (pairs.pairs.count, model.genes.count)
    try PairStore.write(
      to: path, name: cohort.name, obs: obs,
      blocks: [PairStore.perturbed, PairStore.compound].map { .init($0, columns: genes) }, by: maker, uns: uns
    ) { writer in
      var block = [Float](repeating: 0, count: PerturbationMap.block * genes)
      for start in stride(from: 0, to: count, by: PerturbationMap.block) {
        try Task.checkCancellation()
        let rows = start..<min(count, start + PerturbationMap.block)
        let perturbed = map.perturbed(samples, parts, pairs: Array(pairs.pairs[rows]))
        try block.withUnsafeMutableBufferPointer { block in
          guard let out = block.baseAddress else { return }
          let filled = UnsafeBufferPointer(start: out, count: rows.count * genes)
          for row in 0..<rows.count {
            model.genes.unordered(perturbed.pointer + row * genes, into: out + row * genes)
          }
          try writer.set(PairStore.perturbed, rows, filled)
          copyCompounds(rows, into: out)
          try writer.set(PairStore.compound, rows, filled)
        }
        progress?.advance(RunStep("perturbing", done: rows.upperBound, total: count, unit: .things("pairs")))
      }
    }
  }

  private func copyCompounds(_ rows: Range<Int>, into out: UnsafeMutablePointer<Float>) {
    let genes = model.genes.count
    drugs.compounds.withUnsafeBufferPointer { compounds in
      guard let compounds = compounds.baseAddress else { return }
      for (row, pair) in pairs.pairs[rows].enumerated() {
        (out + row * genes).update(from: compounds + pair.drug * genes, count: genes)
      }
    }
  }

  private var obs: Frame {
    var obs = Frame(indexName: "pair", index: pairs.pairs.indices.map { "\($0)" })
    obs.set(
      "sample", Self.category(pairs.pairs.map(\.sample), of: cohort.samples))
    obs.set("drug", Self.category(pairs.pairs.map(\.drug), of: drugs.names))
    obs.set("label", .int32s(pairs.labels))
    return obs
  }

  private static func category(_ places: [Int], of names: [String]) -> Column {
    .categorical(codes: places.map(Int32.init), categories: names, ordered: false)
  }
}
