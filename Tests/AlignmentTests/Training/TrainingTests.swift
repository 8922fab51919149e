import Formats
import Foundation
import Networks
import TestSupport
import Testing

@testable import Alignment

@Suite("Training")
struct TrainingTests {
  // MARK: - The same bits

  /// Large enough that the matrix products, the elementwise work and Adam's steps are all cut for two lanes.
  private static let wide = MixtureStudy(genes: 48, lines: 40, patients: 33)

  @Test(
    "gives the same bits on every run, on one lane and on two, and beside a process that keeps a core busy",
    arguments: ["paper", "reference", "one tissue"])
  func bits(variant: String) throws {
    var one = TrainingCase(variant == "paper" ? .paper : .reference, study: Self.wide)
    (one.settings.epochs, one.settings.batchSize) = (2, 16)
    if variant == "one tissue" { (one.settings.tissue, one.settings.batchSize) = ("colon", 5) }
    if variant == "reference" { (one.settings.schedule, one.settings.weightDecay) = (.cosine, 0.01) }
    let first = try one.trained(lanes: 1).bits(one.header)
    let neighbour = try BusyProcess()
    defer { neighbour.end() }
    #expect(try one.trained(lanes: 2).bits(one.header) == first)
    if variant == "one tissue" { #expect(try one.trained(lanes: 1).bits(one.header) == first) }
  }

  @Test("another seed gives other bits")
  func seed() throws {
    var one = TrainingCase()
    (one.settings.epochs, one.settings.tissue) = (1, "colon")
    let first = try one.trained().aligner.parameters[0].value.values
    one.settings.seed += 1
    #expect(try one.trained().aligner.parameters[0].value.values != first)
  }

  @Test("ends in the same bits wherever it was stopped and taken up again from its file", arguments: 0..<8)
  func resumed(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 40 + seed)
    var one = TrainingCase(AlignerPreset.allCases.randomElement(using: &generator) ?? .paper)
    one.settings.centers = seed % 2 == 0 ? .trained : .fixed
    one.settings.schedule = seed % 3 == 0 ? .cosine : .constant
    one.settings.weightDecay = seed % 4 == 1 ? 0.05 : 0
    one.settings.patience = seed % 4 == 2 ? 1 : nil
    one.settings.tissue = seed < 2 ? nil : "colon"
    one.settings.batchSize = Int.random(in: 1...7, using: &generator)
    one.settings.epochs = one.settings.tissue == nil ? 2 : 4
    let expected = try one.trained().bits(one.header)
    let folder = try TemporaryFolder()
    let path = folder.file("state")
    var training = one.training()
    while !training.isFinished {
      for _ in 0..<Int.random(in: 0...4, using: &generator) where !training.isFinished { try training.runStep() }
      var header = one.header
      header.curve = training.curve
      try training.state(header: header).write(to: path)
      training = one.training(lanes: Int.random(in: 1...2, using: &generator))
      let kept = try SafetensorsFile(reading: path)
      try training.resume(from: kept, curve: AlignerHeader(kept).curve)
    }
    #expect(try training.bits(one.header) == expected)
  }

  @Test("a state that cannot be one of this training is refused")
  func badState() throws {
    var one = TrainingCase()
    one.settings.tissue = "colon"
    let training = one.training()
    let state = try training.state(header: one.header)
    let cases: [(String, [Int64])] = [
      ("random.state", [0, 0, 0, 0]), ("random.state", [1]), ("epoch.done", [9]), ("epoch.done", [-8]),
      ("epoch.done", [8]), ("adam.steps", [-1]), ("adam.steps", []),
    ]
    for (name, values) in cases {
      var file = state
      file.tensors[name] = Safetensor(shape: [values.count], values: .integers(values))
      #expect(throws: (any Error).self) { try training.resume(from: file, curve: TrainingCurve()) }
    }
  }

  // MARK: - Settings

  @Test("patience counts epochs without a smaller loss")
  func patience() {
    var one = TrainingCase()
    (one.settings.epochs, one.settings.tissue) = (10, "colon")
    func isFinished(_ totals: [Double], patience: Int?) -> Bool {
      one.settings.patience = patience
      let training = one.training()
      for total in totals { training.curve.append(.init(terms: [:], total: total)) }
      return training.isFinished
    }
    #expect(!isFinished([], patience: 1) && !isFinished([3, 2], patience: 1))
    #expect(isFinished([3, 2, 2], patience: 1) && isFinished([3, 2, 2.5], patience: 1))
    #expect(!isFinished([3, 2, 2.5], patience: 2) && isFinished([3, 2, 2.5, 2.1], patience: 2))
    #expect(!isFinished([3, 2, 2.5, 1.9, 2], patience: 2) && !isFinished([3, 4, 5, 6, 7], patience: nil))
    #expect(isFinished(Array(repeating: 1, count: 10), patience: nil))
  }

  @Test("the cosine halves the rate halfway")
  func cosine() throws {
    var one = TrainingCase()
    (one.settings.epochs, one.settings.tissue, one.settings.schedule) = (2, "colon", .cosine)
    let expected = try one.trained().parameters
    one.settings.schedule = .constant
    let first = one.training()
    try first.runEpoch()
    one.settings.learningRate /= 2
    let second = one.training()
    try second.resume(from: first.state(header: one.header), curve: first.curve)
    try second.runEpoch()
    #expect(second.parameters == expected)
  }

  @Test("centers train or stay as they were drawn")
  func centers() throws {
    for centers in AlignerSettings.Centers.allCases {
      var one = TrainingCase()
      (one.settings.epochs, one.settings.tissue, one.settings.centers) = (1, "colon", centers)
      let drawn = one.training().aligner.centers.value.values
      #expect(try (one.trained().aligner.centers.value.values == drawn) == (centers == .fixed))
    }
  }

  // MARK: - Batches

  @Test("an epoch's losses are means over patients, whatever the batches")
  func batches() throws {
    var one = TrainingCase()
    // So small a rate changes no parameter, and each patient's terms are the same in any batch.
    (one.settings.epochs, one.settings.learningRate, one.study.patients) = (1, 1e-30, 11)
    let epochs = try [100, 10, 5, 3].map { size in
      one.settings.batchSize = size
      return try one.trained().curve.epochs[0]
    }
    #expect(epochs[0].terms.count == AlignerTerm.allCases.count)
    for epoch in epochs {
      for (term, value) in epochs[0].terms {
        let found = try #require(epoch.terms[term])
        // Sums of some hundred floats in another order.
        #expect(abs(found - value) <= 1e-5 * abs(value), "\(term): \(found), not \(value)")
      }
    }
  }

  @Test("a last batch of a single patient trains")
  func single() throws {
    var one = TrainingCase()
    (one.settings.epochs, one.settings.batchSize) = (1, 20)
    let training = try one.trained()
    #expect(training.adam.steps == 2 && training.curve.epochs[0].total.isFinite)
  }

  @Test("patients of one tissue, among lines of several, train")
  func oneTissue() throws {
    var one = TrainingCase()
    one.settings.epochs = 2
    let data = one.data
    let rows = data.target.rows.filter { MixtureStudy.tissue($0) == 1 }
    let training = AlignerTraining(
      AlignerData(
        genes: data.genes, tissues: data.tissues, source: data.source,
        target: .init(x: data.target.x, rows: rows, tissues: rows.map { _ in 1 })),
      settings: one.settings, lanes: one.training().lanes)
    while !training.isFinished { try training.runEpoch() }
    let totals = training.curve.epochs.map(\.total)
    #expect(totals.count == 2 && totals[1] < totals[0])
  }

  @Test("a run of one tissue has no classifiers, and no term of theirs")
  func noClassifiers() throws {
    var one = TrainingCase()
    (one.settings.epochs, one.settings.tissue) = (1, "colon")
    let training = try one.trained()
    #expect(
      Set(training.curve.epochs[0].terms.keys) == [
        .sourceReconstruction, .targetReconstruction, .sourceCenter, .targetCenter,
      ])
    #expect(training.parameters.keys.allSatisfy { !$0.contains("classifier") })
    #expect(training.parameters["centers"]?.shape == [1, 6])
  }

  // MARK: - Divergence

  @Test("a loss that is no number any more ends it, and so does a last step that would make it none")
  func divergence() throws {
    var one = TrainingCase()
    one.settings.learningRate = 1e30
    let error = #expect(throws: AlignmentError.self) { try one.trained() }
    #expect(
      error?.kind == .diverged && error?.cause.hasPrefix("the loss is no finite number in epoch 1, step 2") == true)
    #expect(error?.remedy?.contains("settings.learning-rate") == true)
    (one.settings.epochs, one.settings.batchSize) = (1, 21)
    let training = try one.trained()
    let last = #expect(throws: AlignmentError.self) { try training.checkOutcome() }
    #expect(last?.kind == .diverged && last?.cause.contains("after epoch 1, the last one") == true)
  }

  // MARK: - Learning

  @Test("patients who are mixtures of lines come to weigh the lines of their own tissue")
  func learning() throws {
    var one = TrainingCase(.paper, study: MixtureStudy(genes: 20, lines: 24, patients: 24))
    (one.settings.epochs, one.settings.batchSize, one.settings.learningRate) = (20, 24, 1e-2)
    let training = one.training()
    // Untrained, they weigh all lines about alike, and a third are of their tissue.
    #expect(try abs(share(training, one) - 1.0 / 3) < 0.05)
    while !training.isFinished { try training.runEpoch() }
    // 0.73 after twenty steps; patients whose query does not train stay at a third.
    #expect(try share(training, one) > 0.6)
  }

  /// The mean weight of lines of the patient's own tissue.
  private func share(_ training: AlignerTraining, _ one: TrainingCase) throws -> Double {
    let data = one.data
    let map = AlignmentMap(
      training.aligner, scale: AlignerObjective(one.settings).scoreScale(latent: one.settings.latentSize),
      latents: training.sourceLatents(), expression: training.source.x, lanes: training.lanes, pool: training.pool)
    let weights = try map.mixtures(of: data.target.x).weights
    var sum = 0.0
    for (place, weight) in weights.enumerated() {
      let (patient, line) = (place / one.study.lines, place % one.study.lines)
      if MixtureStudy.tissue(patient) == MixtureStudy.tissue(line) { sum += Double(weight) }
    }
    return sum / Double(one.study.patients)
  }
}
