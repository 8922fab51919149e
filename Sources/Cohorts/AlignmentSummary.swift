/// What an alignment says of itself in the store of the patients, under `uns/alignment`.
package struct AlignmentSummary: Sendable, Equatable {
  package struct CellLine: Sendable, Equatable {
    package var name: String
    /// In the words that cell lines and patients share; nil where it is not known.
    package var tissue: String?

    package init(name: String, tissue: String?) {
      self.name = name
      self.tissue = tissue
    }
  }

  /// A tissue with the samples of both sides that have it.
  package struct Tissue: Sendable, Equatable {
    package var name: String
    package var sourceSamples: Int
    package var targetSamples: Int

    package init(name: String, sourceSamples: Int, targetSamples: Int) {
      self.name = name
      self.sourceSamples = sourceSamples
      self.targetSamples = targetSamples
    }
  }

  /// A figure that the alignment is judged by, before and after; nil (NaN in the store) where it does not apply.
  package struct Measure: Sendable, Equatable, Encodable {
    package var name: String
    package var raw: Double?
    package var latent: Double?
    package var alignedExpression: Double?

    package init(name: String, raw: Double?, latent: Double?, alignedExpression: Double?) {
      self.name = name
      self.raw = raw
      self.latent = latent
      self.alignedExpression = alignedExpression
    }
  }

  package var preset: String
  /// File name of the weights.
  package var checkpoint: String
  /// Fingerprint of the model, in hexadecimal digits.
  package var model: String
  /// Name of the cohort of cell lines.
  package var source: String
  package var standardisation: String
  /// In the order of the columns of `obsm/therapi_weights`.
  package var cellLines: [CellLine]
  package var tissues: [Tissue]
  package var measures: [Measure]
  /// Numbers of the training by epoch; nil where they were not kept.
  package var curve: Frame?

  package init(
    preset: String, checkpoint: String, model: String, source: String, standardisation: String, cellLines: [CellLine],
    tissues: [Tissue] = [], measures: [Measure] = [], curve: Frame? = nil
  ) {
    self.preset = preset
    self.checkpoint = checkpoint
    self.model = model
    self.source = source
    self.standardisation = standardisation
    self.cellLines = cellLines
    self.tissues = tissues
    self.measures = measures
    self.curve = curve
  }
}

extension AlignmentSummary {
  /// The members that an alignment adds to a store, beside `uns/alignment`.
  package enum Part {
    /// Path of the summary below `uns`.
    package static let summary = "alignment"
    /// In obsm: samples x cell lines, rows that sum to one.
    package static let weights = "therapi_weights"
    /// In obsm: samples x latent dimensions.
    package static let latents = "X_therapi"
    /// In layers: samples x genes.
    package static let expression = "aligned"
    /// In obs: the Shannon entropy of the weights in nats.
    package static let heterogeneity = "heterogeneity"
  }
}
