import Cohorts
import Glibc
import Problems
import Statistics

/// What the alignment of a cohort of patients to cell lines shows.
package struct AlignmentInspection: Sendable, Equatable, Encodable {
  /// A tissue in the words that cell lines and patients share, and the samples of either that have it.
  package struct CommonTissue: Sendable, Equatable, Encodable {
    package var name: String
    package var sourceSamples: Int
    package var targetSamples: Int
  }

  /// A figure for raw expression, latents and aligned expression; nil where it does not apply.
  package struct Measure: Sendable, Equatable, Encodable {
    package var name: String
    package var raw: Double?
    package var latent: Double?
    package var alignedExpression: Double?
  }

  /// Quantiles of the entropy of the weights, in nats.
  package struct Heterogeneity: Sendable, Equatable, Encodable {
    package var minimum: Double
    package var lowerQuartile: Double
    package var median: Double
    package var upperQuartile: Double
    package var maximum: Double
    /// ln(number of cell lines): the entropy of equal weights, which none exceeds.
    package var bound: Double
    /// Samples without a value.
    package var gaps: Int
  }

  package struct Training: Sendable, Equatable, Encodable {
    package var epochs: Int
    /// The numbers of the last one.
    package var last: [String: Scalar]
  }

  package var preset: String
  package var checkpoint: String
  package var model: String
  /// Name of the cohort of cell lines.
  package var source: String
  package var standardisation: String
  /// Number of cell lines.
  package var cellLines: Int
  package var tissues: [CommonTissue]
  package var measures: [Measure]
  package var training: Training?
  /// nil in a store that does not hold it.
  package var heterogeneity: Heterogeneity?
  /// nil in a store that does not hold them, or of no samples.
  package var weights: Weights?

  /// nil for a store that was not aligned; reads the weights block by block.
  ///
  /// Throws `StoreError` where `uns/alignment` or the weights are not as they should be.
  init?(_ store: CohortStore, obs: Frame) throws {
    guard let summary = try store.alignment() else { return nil }
    preset = summary.preset
    checkpoint = summary.checkpoint
    model = summary.model
    source = summary.source
    standardisation = summary.standardisation
    cellLines = summary.cellLines.count
    tissues = summary.tissues.map {
      CommonTissue(name: $0.name, sourceSamples: $0.sourceSamples, targetSamples: $0.targetSamples)
    }
    measures = summary.measures.map {
      Measure(name: $0.name, raw: $0.raw, latent: $0.latent, alignedExpression: $0.alignedExpression)
    }
    training = summary.curve.flatMap(Training.init)
    heterogeneity = try obs[AlignmentSummary.Part.heterogeneity].flatMap {
      try Heterogeneity($0.numbers, cellLines: summary.cellLines.count)
    }
    weights = try Weights(store, obs: obs, cellLines: summary.cellLines)
  }
}

extension AlignmentInspection.Heterogeneity {
  /// nil where no sample has a value.
  fileprivate init?(_ values: [Double], cellLines: Int) throws {
    let known = values.filter(\.isFinite)
    guard !known.isEmpty else { return nil }
    let summary = try Summary(known)
    minimum = summary.quantile(0)
    lowerQuartile = summary.quantile(0.25)
    median = summary.quantile(0.5)
    upperQuartile = summary.quantile(0.75)
    maximum = summary.quantile(1)
    bound = log(Double(max(1, cellLines)))
    gaps = values.count - known.count
  }
}

extension AlignmentInspection.Training {
  /// nil for a curve without an epoch.
  fileprivate init?(_ curve: Frame) {
    guard let row = curve.index.indices.last else { return nil }
    epochs = curve.index.count
    last = Dictionary(uniqueKeysWithValues: curve.columns.map { ($0.name, Scalar.number($0.column.numbers[row])) })
  }
}
