import Cohorts
import Problems
import Runs

/// What an aligner makes of cohorts, written back into their stores.
struct AlignmentCache {
  let file: AlignerFile
  let map: AlignmentMap
  /// File name of the checkpoint.
  let checkpoint: String

  /// Maps the patients of a store and writes their mixtures, with what is said of the alignment; all of it appears, or
  /// nothing. Returns the entropies of the weights, in nats.
  func fill(
    _ patients: PatientCohort, _ summary: AlignmentSummary, progress: (any RunProgress)?
  ) throws -> [Double] {
    let (path, count, header) = (patients.path, patients.samples.count, file.header)
    var entropies: [Double] = []
    try StoreUpdate.update(path) { update in
      let latent = try update.rows(of: .latent, columns: header.settings.latentSize, record(patients.input))
      let weights = try update.rows(
        of: .weights, columns: header.cellLines.count,
        record(patients.input, ["cell_lines": .strings(header.cellLines)]))
      let aligned = try update.rows(
        of: .aligned, columns: patients.genes.count, record(patients.input, ["unit": .string(header.sourceUnit)]))
      try patients.forEachMixture(by: map) { rows, mixtures in
        try latent.write(rows, mixtures.latent)
        try weights.write(rows, mixtures.weights)
        try aligned.write(rows, mixtures.aligned)
        entropies += mixtures.heterogeneity
        progress?.advance(
          RunStep("mapping \(path)", done: rows.upperBound, total: count, unit: .things("samples")))
      }
      try update.set(.heterogeneity, entropies, record(patients.input))
      try update.set(uns: AlignmentSummary.Part.summary, summary.value)
      progress?.begin("writing \(path)")
    }
    return entropies
  }

  /// Writes the latents of a source store's samples, row after row.
  func write(sourceLatents latents: [Float], input: InputFingerprint, to path: String) throws {
    let width = file.header.settings.latentSize
    try StoreUpdate.update(path) { update in
      try update.set(
        .latent, Matrix(rows: latents.count / width, columns: width, values: latents), record(input))
    }
  }

  private func record(_ input: InputFingerprint, _ extra: [String: StoreValue] = [:]) -> BlockRecord {
    let header = file.header
    return BlockRecord(
      model: file.model, input: input, panelOrder: header.geneOrder,
      settings: header.settings.header.merging(["preset": header.preset.rawValue, "checkpoint": checkpoint]) { $1 },
      toolVersion: ToolVersion.current, extra: extra)
  }
}
