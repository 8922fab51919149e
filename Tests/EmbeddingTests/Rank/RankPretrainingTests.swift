import Foundation
import Matrices
import Networks
import Randomness
import Runs
import TestSupport
import Testing

@testable import Embedding

@Suite("Training a small rank model")
struct RankPretrainingTests {
  @Test("learns, gives the same bits on one lane and two, and is read like the real one")
  func training() throws {
    let folder = try TemporaryFolder()
    let store = folder.file("a.h5ad")
    try Example.cohort(samples: 120).write(to: store)
    let settings = PretrainingSettings(layers: 1, width: 16, heads: 2, epochs: 3, mostTokens: 30, seed: 3)
    let reports = try [1, 2].map { lanes in
      try RankPretraining(
        stores: [store], output: folder.file("model\(lanes)"), settings: settings, lanes: lanes, logger: Example.logger
      ).run()
    }
    let weights = try [1, 2].map {
      try Data(contentsOf: URL(fileURLWithPath: folder.file("model\($0)/model.safetensors")))
    }
    #expect(weights[0] == weights[1] && reports[0].fingerprint == reports[1].fingerprint)
    #expect(reports[0].lastLoss < reports[0].firstLoss && reports[0].heldOutLoss.isFinite)
    let model = try RankModel(reading: folder.file("model1"))
    #expect(model.fingerprint == reports[0].fingerprint)
    #expect(model.configuration.note?.hasPrefix("not Geneformer") == true)
    let report = try RankRun(model, RankOptions(), logger: Example.logger).run(on: store)
    #expect(report.width == 16 && report.note?.hasPrefix("not Geneformer") == true)
  }

  @Test("goes on from a kept state to the same bits, and refuses that of another training")
  func resumes() throws {
    let configuration = EncoderConfiguration(
      hiddenSize: 8, layers: 1, heads: 2, intermediateSize: 16, positions: 12, vocabularySize: 20)
    func training(seed: UInt64 = 3) -> MaskedTraining {
      var random = SeededRandom(seed: 9)
      let sequences = (0..<40).map { _ in (0..<6 + random.below(5)).map { _ in 2 + random.below(18) } }
      return MaskedTraining(
        Array(sequences.dropFirst(5)), heldOut: Array(sequences.prefix(5)), configuration,
        PretrainingSettings(layers: 1, width: 8, heads: 2, epochs: 4, mostTokens: 12, seed: seed), mask: 1,
        genes: 2..<20, lanes: Lanes(1))
    }
    var whole = training()
    while !whole.isFinished { try whole.runEpoch() }
    var first = training()
    for _ in 0..<2 { try first.runEpoch() }
    let state = try first.state()
    var second = training()
    try second.resume(from: state)
    #expect(second.losses.count == 2)
    while !second.isFinished { try second.runEpoch() }
    #expect(second.losses == whole.losses)
    #expect(second.encoder.weights.fingerprint == whole.encoder.weights.fingerprint)
    var other = training(seed: 4)
    let error = #expect(throws: EmbeddingError.self) { try other.resume(from: state) }
    #expect(error?.kind == .checkpoint)
  }

  /// Cancels the task once an epoch is done.
  private final class Stop: RunProgress {
    func advance(_ step: RunStep) { withUnsafeCurrentTask { $0?.cancel() } }
    func begin(_ step: String) {}
  }

  private static func pretraining(on store: String, output: String, stops: Bool = false) -> RankPretraining {
    RankPretraining(
      stores: [store], output: output,
      settings: PretrainingSettings(layers: 1, width: 8, heads: 2, epochs: 3, mostTokens: 30), lanes: 1,
      progress: stops ? Stop() : nil, logger: Example.logger)
  }

  @Test("a run that was stopped goes on to the bytes of one that was not, and leaves no state behind")
  func resumesRun() async throws {
    let folder = try TemporaryFolder()
    try Example.cohort(samples: 40).write(to: folder.file("a.h5ad"))
    let (store, output) = (folder.file("a.h5ad"), folder.file("stopped"))
    _ = try Self.pretraining(on: store, output: folder.file("whole")).run()
    let work = Task { _ = try Self.pretraining(on: store, output: output, stops: true).run() }
    await #expect(throws: CancellationError.self) { try await work.value }
    #expect(FileManager.default.fileExists(atPath: output + ".training"))
    _ = try Self.pretraining(on: store, output: output).run()
    #expect(!FileManager.default.fileExists(atPath: output + ".training"))
    for name in ["model.safetensors", "config.json"] {
      let files = try [folder.file("whole"), output].map { try Data(contentsOf: URL(fileURLWithPath: "\($0)/\(name)")) }
      #expect(files[0] == files[1])
    }
  }
}
