import Foundation
import Problems
import TestSupport
import Testing

@testable import Alignment

@Suite("Aligner settings")
struct AlignerSettingsTests {
  @Test("the presets differ in what the paper and its code differ in, and in nothing else")
  func presets() {
    let (paper, reference) = (AlignerPreset.paper.settings.header, AlignerPreset.reference.settings.header)
    let differing = paper.keys.filter { paper[$0] != reference[$0] }.sorted()
    #expect(
      differing == [
        "center-loss", "center-weight", "centers", "classification-weight", "reconstruction-loss", "score-scaling",
        "seed",
      ])
    #expect(differing.map { paper[$0] } == ["sum", "0.4", "trained", "0.8", "squared-norm", "none", "42"])
    #expect(differing.map { reference[$0] } == ["mean", "0.8", "fixed", "0.4", "mean", "root-latent", "0"])
  }

  @Test("what both presets share is the paper's training")
  func shared() {
    for preset in AlignerPreset.allCases {
      let settings = preset.settings
      #expect(settings.latentSize == 128 && settings.reconstructionWeight == 0.2)
      #expect(settings.epochs == 199 && settings.batchSize == 128 && settings.learningRate == 1e-3)
      #expect(settings.weightDecay == 0 && settings.schedule == .constant)
      #expect(settings.patience == nil && settings.tissue == nil && settings.standardisation == .refuseMixed)
    }
  }

  @Test("of one tissue have no classifiers")
  func classifiers() {
    var settings = AlignerPreset.paper.settings
    #expect(settings.hasClassifiers)
    settings.tissue = "skin"
    #expect(!settings.hasClassifiers)
  }

  /// The golden file's presets differ in the weights alone (shared/golden/README.md, PyTorch 2.13).
  @Test("can say what both golden presets are")
  func golden() {
    var paper = AlignerPreset.paper.settings
    (paper.scoreScaling, paper.reconstructionLoss) = (.rootLatent, .mean)
    (paper.centerLoss, paper.centers, paper.latentSize) = (.mean, .fixed, 16)
    var reference = AlignerPreset.reference.settings
    reference.latentSize = 16
    #expect(paper != reference)
    (reference.classificationWeight, reference.centerWeight, reference.seed) = (0.8, 0.4, 42)
    #expect(paper == reference)
  }

  @Test("come back from the header of a checkpoint with the same bits", arguments: 0..<20)
  func header(seed: UInt64) throws {
    let settings = random(seed)
    #expect(try AlignerSettings(header: settings.header, at: nil) == settings)
    let json = try JSONEncoder().encode(settings)
    #expect(try JSONDecoder().decode(AlignerSettings.self, from: json) == settings)
    #expect(try JSONDecoder().decode([String: String].self, from: json) == settings.header)
  }

  private func random(_ seed: UInt64) -> AlignerSettings {
    var generator = SeededGenerator(seed: seed)
    func any<Word: CaseIterable>(_ words: Word.Type, or word: Word) -> Word {
      Word.allCases.randomElement(using: &generator) ?? word
    }
    var settings = any(AlignerPreset.self, or: .paper).settings
    settings.latentSize = .random(in: 1...4096, using: &generator)
    settings.reconstructionWeight = .random(in: 0...1, using: &generator)
    settings.classificationWeight = .random(in: 0...1e9, using: &generator)
    settings.centerWeight = .random(in: 0...1e-9, using: &generator)
    settings.scoreScaling = any(AlignerSettings.ScoreScaling.self, or: .plain)
    settings.reconstructionLoss = any(AlignerSettings.ReconstructionLoss.self, or: .mean)
    settings.centerLoss = any(AlignerSettings.CenterLoss.self, or: .mean)
    settings.centers = any(AlignerSettings.Centers.self, or: .fixed)
    settings.seed = .random(in: 0...0xFFFF_FFFF, using: &generator)
    settings.epochs = .random(in: 1...1_000_000, using: &generator)
    settings.batchSize = .random(in: 1...1_000_000, using: &generator)
    settings.learningRate = .random(in: 1e-12...1, using: &generator)
    settings.weightDecay = .random(in: 0...1, using: &generator)
    settings.schedule = any(AlignerSettings.Schedule.self, or: .cosine)
    settings.patience = Bool.random(using: &generator) ? .random(in: 1...99, using: &generator) : nil
    settings.tissue = Bool.random(using: &generator) ? "large-intestine" : nil
    settings.standardisation = any(AlignerSettings.Standardisation.self, or: .asIs)
    return settings
  }

  @Test("a header that another version wrote is refused with the setting's name")
  func badHeaders() {
    let header = AlignerPreset.paper.settings.header
    let place = Place("a.safetensors")
    for (key, value, cause) in [
      ("epochs", nil, "the setting 'epochs' is missing"),
      ("epochs", "0", "the setting 'epochs' has no meaning as '0'"),
      ("seed", "-1", "the setting 'seed' has no meaning as '-1'"),
      ("learning-rate", "nan", "the setting 'learning-rate' has no meaning as 'nan'"),
      ("learning-rate", "0", "the setting 'learning-rate' has no meaning as '0'"),
      ("center-weight", "-0.5", "the setting 'center-weight' has no meaning as '-0.5'"),
      ("centers", "moving", "the setting 'centers' has no meaning as 'moving'"),
      ("patience", "0", "the setting 'patience' has no meaning as '0'"),
      ("patience", "off", "the setting 'patience' has no meaning as 'off'"),
      ("tissue", "Large Intestine", "the setting 'tissue' has no meaning as 'Large Intestine'"),
      ("temperature", "1", "the setting 'temperature' is not known here"),
    ] as [(String, String?, String)] {
      var bad = header
      bad[key] = value
      let error = #expect(throws: AlignmentError.self) { try AlignerSettings(header: bad, at: place) }
      #expect(error?.kind == .settings && error?.place == place && error?.cause == cause)
      #expect(error?.remedy == "use the version of therapi that wrote it, or train again")
    }
  }
}
