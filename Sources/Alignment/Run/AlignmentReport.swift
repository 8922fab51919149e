import Cohorts
import Statistics

/// What a training or the mapping of a cohort came to.
package struct AlignmentReport: Sendable, Encodable {
  /// One store of patients.
  package struct Target: Sendable, Encodable {
    package var path: String
    package var samples: Int
    /// Of them, those that trained.
    package var trained: Int
    /// Samples that did not train, by why.
    package var excluded: [String: Int]
    /// Median of the Shannon entropy of the weights, in nats.
    package var medianHeterogeneity: Double
  }

  package var checkpoint: String
  /// Fingerprint of its tensors.
  package var model: String
  package var preset: String
  package var source: String
  /// Cell lines that take part.
  package var cellLines: Int
  /// Samples of the source that do not, by why.
  package var excluded: [String: Int]
  package var tissues: Int
  /// Genes that all cohorts measured.
  package var genes: Int
  package var targets: [Target]
  package var epochs: Int
  /// Terms of the loss in the first and the last epoch.
  package var firstLosses: [String: Double]
  package var lastLosses: [String: Double]
  package var measures: [AlignmentSummary.Measure]
  package var seconds: Double
}

extension AlignmentReport {
  init(
    _ domains: AlignmentDomains, _ file: AlignerFile, _ judged: AlignmentJudgement, _ entropies: [[Double]],
    checkpoint: String, source: String, targets: [String], seconds: Double
  ) throws {
    let epochs = file.header.curve.epochs
    self.init(
      checkpoint: checkpoint, model: file.model, preset: file.header.preset.rawValue, source: source,
      cellLines: domains.source.samples.count, excluded: domains.source.excluded.words, tissues: domains.tissues.count,
      genes: domains.sharedGenes.count { $0 },
      targets: try zip(targets, zip(domains.targets, entropies)).map { path, parts in
        Target(
          path: path, samples: parts.0.samples.count, trained: parts.0.trainingRows.count,
          excluded: parts.0.excluded.words,
          medianHeterogeneity: try Summary(parts.1).quantile(0.5))
      },
      epochs: epochs.count, firstLosses: epochs.first?.losses ?? [:], lastLosses: epochs.last?.losses ?? [:],
      measures: judged.measures, seconds: seconds)
  }
}

extension TrainingCurve.Epoch {
  fileprivate var losses: [String: Double] {
    Dictionary(uniqueKeysWithValues: terms.map { ($0.key.rawValue, $0.value) } + [("total", total)])
  }
}

extension [Exclusion: Int] {
  /// The counts by the reasons in words.
  var words: [String: Int] { Dictionary<String, Int>(uniqueKeysWithValues: map { ($0.key.rawValue, $0.value) }) }
}
