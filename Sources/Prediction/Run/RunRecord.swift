import Foundation
import Problems

/// What `run.json` says of a run: how its predictors were made, on what, and what each came to.
package struct RunRecord: Sendable, Equatable, Codable {
  /// One fold's predictor.
  package struct Fold: Sendable, Equatable, Codable {
    /// Counted from 0.
    package var fold: Int
    package var file: String
    /// Fingerprint of its tensors.
    package var model: String
    package var trainingPairs: Int
    /// Of the pairs that train, those with label 1.
    package var trainingPositives: Int
    /// The fold whose loss ended the training.
    package var stoppingFold: Int
    package var epochs: Int
    /// Counted from 1.
    package var bestEpoch: Int
    /// On the pairs that stopped the training.
    package var validation: PredictorScore
    /// On the pairs held out.
    package var test: PredictorScore
  }

  /// The kind of file, and the version of its layout.
  package static let format = "therapi-run 1"

  package var format = Self.format
  package var preset: PredictorPreset
  package var settings: PredictorSettings
  package var shape: ResponsePredictor.Shape
  /// Name of the source's cohort, and fingerprint of what models see of it.
  package var source: String
  package var input: String
  package var geneOrder: String
  package var rankModel: String?
  package var perturbationModel: String
  /// In the order of the source's table of embeddings.
  package var drugs: [String]
  package var samples: Int
  package var pairs: Int
  package var positives: Int
  /// Pairs left out, by why.
  package var skipped: [String: Int]
  /// SHA-256 of data and settings, which the headers of the folds name too.
  package var key: String
  package var toolVersion: String
  package var folds: [Fold]

  package init(
    preset: PredictorPreset, settings: PredictorSettings, shape: ResponsePredictor.Shape, source: PredictorSource,
    key: String, toolVersion: String, folds: [Fold]
  ) {
    let pairs = source.data.pairs
    (self.preset, self.settings, self.shape, self.key, self.toolVersion) = (preset, settings, shape, key, toolVersion)
    (self.source, input, geneOrder) = (source.cohort, source.input, source.geneOrder)
    (rankModel, perturbationModel) = (source.rankModel, source.perturbationModel)
    (drugs, samples, self.pairs, positives) = (pairs.drugs, Set(pairs.sampleOf).count, pairs.count, pairs.positives)
    skipped = Dictionary(uniqueKeysWithValues: pairs.gaps.map { ($0.key.rawValue, $0.value) })
    self.folds = folds
  }

  /// Reads the record of a finished run; throws `PredictionError` `.checkpoint` where the folder holds none.
  package init(reading folder: RunFolder) throws {
    let place = Place(folder.file(RunFolder.record))
    guard let data = FileManager.default.contents(atPath: place.file) else {
      throw PredictionError(
        .checkpoint, at: place, "is not there", remedy: "name the folder of a run that `therapi train` finished")
    }
    guard let record: RunRecord = HeaderText.value(String(decoding: data, as: UTF8.self)), record.format == Self.format
    else {
      throw PredictionError(
        .checkpoint, at: place, "is no record of a run of this version", remedy: "train again with this version")
    }
    self = record
  }

  /// As it stands in its file; equal records give equal texts.
  package var text: String {
    get throws { try HeaderText.json(self, isPretty: true) + "\n" }
  }
}
