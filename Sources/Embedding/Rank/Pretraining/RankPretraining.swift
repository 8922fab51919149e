import Cohorts
import Formats
import Foundation
import Logging
import Matrices
import Networks
import Problems
import Randomness
import Runs

/// Trains a small rank model on stores, where nobody has Geneformer's weights.
package struct RankPretraining {
  package struct Report: Sendable, Encodable {
    package var output: String
    package var note: String
    package var fingerprint: String
    package var parameters: Int
    package var trained: Int
    package var heldOut: Int
    package var tokens: Int
    package var epochs: Int
    /// Mean losses, in nats a masked gene: of the first and the last epoch, and of held-out samples.
    package var firstLoss: Double
    package var lastLoss: Double
    package var heldOutLoss: Double
    /// Of a predictor that knows the genes' frequencies alone.
    package var trivialLoss: Double
    package var seconds: Double
  }

  private let stores: [String]
  private let output: String
  private let settings: PretrainingSettings
  private let forcedUnit: String?
  private let lanes: Int
  private let progress: (any RunProgress)?
  private let logger: Logger

  /// `output` is the folder to write.
  package init(
    stores: [String], output: String, settings: PretrainingSettings, forcedUnit: String? = nil, lanes: Int = 2,
    progress: (any RunProgress)? = nil, logger: Logger
  ) {
    (self.stores, self.output, self.settings, self.forcedUnit) = (stores, output, settings, forcedUnit)
    (self.lanes, self.progress, self.logger) = (lanes, progress, logger)
  }

  private var stateFile: TrainingStateFile { TrainingStateFile(of: output) }

  /// Trains, from where an unfinished training of the same data and settings left off unless `restarts`, and writes what
  /// `RankModel(reading:)` reads.
  ///
  /// Throws a `Problem`, and `CancellationError` with the state kept.
  package func run(restarts: Bool = false) throws -> Report {
    let start = ContinuousClock.now
    progress?.begin("reading the stores")
    let opened = try stores.map { try CohortStore($0) }
    let medians = try CohortMedians(of: opened, forcedUnit: forcedUnit)
    let vocabulary = try RankVocabulary(
      tokens: medians.tokens, medians: medians.medians, tokenPath: output, medianPath: output)
    let sequences = try opened.flatMap { store in
      try RankSamples(store, vocabulary, limit: settings.mostTokens, forcedUnit: forcedUnit)
        .sequences(0..<store.samples)
    }
    guard sequences.count >= 20 else {
      throw EmbeddingError(
        .training, at: nil, "the stores have \(sequences.count) samples; a training needs 20",
        remedy: "name more or larger stores")
    }
    var random = SeededRandom(seed: settings.seed &+ 2)
    let order = random.permutation(sequences.count)
    let heldOut = max(2, Int(Double(sequences.count) * settings.heldOutShare))
    var training = MaskedTraining(
      order.dropFirst(heldOut).map { sequences[$0] }, heldOut: order.prefix(heldOut).map { sequences[$0] },
      configuration(vocabulary, samples: sequences.count), settings, mask: vocabulary.mask,
      genes: 2..<vocabulary.tokens.count, lanes: Lanes(lanes))
    try EpochLoop(stage: "training", stateFile: stateFile, progress: progress, logger: logger)
      .run(&training, restarts: restarts)
    let losses = training.losses
    let model = RankModel(
      name: URL(fileURLWithPath: output).lastPathComponent, weights: training.encoder.weights, vocabulary: vocabulary)
    progress?.begin("writing \(output)")
    try write(model)
    try stateFile.remove()
    return Report(
      output: output, note: model.configuration.note ?? "", fingerprint: model.fingerprint,
      parameters: training.encoder.parameters.map(\.value.count).reduce(0, +), trained: sequences.count - heldOut,
      heldOut: heldOut, tokens: vocabulary.tokens.count - 2, epochs: settings.epochs,
      firstLoss: losses.first ?? .nan, lastLoss: losses.last ?? .nan, heldOutLoss: training.heldOutLoss(),
      trivialLoss: training.trivialLoss, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func configuration(_ vocabulary: RankVocabulary, samples: Int) -> EncoderConfiguration {
    let names = stores.map { URL(fileURLWithPath: $0).lastPathComponent }.joined(separator: ", ")
    return EncoderConfiguration(
      hiddenSize: settings.width, layers: settings.layers, heads: settings.heads, intermediateSize: 2 * settings.width,
      positions: settings.mostTokens, vocabularySize: vocabulary.tokens.count, padding: vocabulary.padding,
      note: "not Geneformer: a small encoder of its design that therapi \(ToolVersion.current) trained on "
        + "\(samples) samples of \(names), seed \(settings.seed)")
  }

  private func write(_ model: RankModel) throws {
    let vocabulary = model.vocabulary
    let tokens = vocabulary.tokens.sorted { $0.value < $1.value }
    let files: [(String, [UInt8])] = [
      ("config.json", try model.configuration.encoded),
      ("token_dictionary_therapi.pkl", PickleWriter.dictionary(tokens.map { ($0.key, Int32($0.value)) })),
      (
        "gene_median_dictionary_therapi.pkl",
        PickleWriter.dictionary(tokens.compactMap { token in vocabulary.medians[token.key].map { (token.key, $0) } })
      ),
    ]
    do {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
      for (name, bytes) in files {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(output)/\(name)"), options: .atomic)
      }
    } catch {
      throw EmbeddingError(
        .unwritable, at: Place(output), "cannot be written: \(error.localizedDescription)",
        remedy: "name a folder that can be made and written")
    }
    let note = model.configuration.note ?? ""
    try SafetensorsFile(metadata: ["format": "pt", "therapi_note": note], tensors: model.weights.tensors)
      .write(to: "\(output)/model.safetensors")
  }
}
