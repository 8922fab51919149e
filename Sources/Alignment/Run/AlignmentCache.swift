import Cohorts
import Problems
import Runs

/// What an aligner makes of cohorts, written back into their stores.
struct AlignmentCache {
  let file: AlignerFile
  /// File name of the checkpoint.
  let checkpoint: String

  /// Writes the mixtures of a store's patients, with what is said of the alignment; all of it appears, or nothing.
  ///
  /// `input` is the fingerprint of what the mixtures were made of.
  func write(
    _ mixtures: AlignmentMap.Mixtures, _ summary: AlignmentSummary, input: InputFingerprint, to path: String
  ) throws {
    let header = file.header
    let (rows, lines) = (mixtures.heterogeneity.count, header.cellLines.count)
    let genes = try file.sharedGenes.count
    var aligned = record(input)
    aligned.extra["unit"] = .string(header.sourceUnit)
    var weights = record(input)
    weights.extra["cell_lines"] = .strings(header.cellLines)
    try StoreUpdate.update(path) { update in
      try update.set(
        .latent, Matrix(rows: rows, columns: header.settings.latentSize, values: mixtures.latent), record(input))
      try update.set(.weights, Matrix(rows: rows, columns: lines, values: mixtures.weights), weights)
      try update.set(.aligned, Matrix(rows: rows, columns: genes, values: mixtures.aligned), aligned)
      try update.set(.heterogeneity, mixtures.heterogeneity, record(input))
      try update.set(uns: AlignmentSummary.Part.summary, summary.value)
    }
  }

  /// Writes the latents of a source store's samples, row after row.
  func write(sourceLatents latents: [Float], input: InputFingerprint, to path: String) throws {
    let width = file.header.settings.latentSize
    try StoreUpdate.update(path) { update in
      try update.set(
        .latent, Matrix(rows: latents.count / width, columns: width, values: latents), record(input))
    }
  }

  private func record(_ input: InputFingerprint) -> BlockRecord {
    let header = file.header
    return BlockRecord(
      model: file.model, input: input, panelOrder: header.geneOrder,
      settings: header.settings.header.merging(["preset": header.preset.rawValue, "checkpoint": checkpoint]) { $1 },
      toolVersion: ToolVersion.current)
  }
}
