import Foundation
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
}
