import TestSupport

@testable import Prediction

/// A few hundred pairs whose label can be told from the drug and the sample, of 12 genes.
enum ExampleData {
  static let genes = 12
  static let rank = 5

  /// 30 samples of 4 tissues with 8 drugs each.
  static func make(
    samples: Int = 30, drugs: Int = 8, hasPerturbed: Bool = true, hasRanks: Bool = true, seed: UInt64 = 1
  ) -> PredictorData {
    var random = SeededGenerator(seed: seed)
    func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float.random(in: -1...1, using: &random) } }
    let (ranks, compounds) = (numbers(samples * rank), numbers(drugs * genes))
    let all = (0..<samples).flatMap { sample in (0..<drugs).map { (sample: sample, drug: $0) } }
    let pairs = TrainingPairs(
      samples: (0..<samples).map { "S\($0)" }, drugs: (0..<drugs).map { "D\($0)" },
      tissues: (0..<samples).map { ["colon", "lung", "skin", "blood"][$0 % 4] },
      pairs: all.map { ($0.sample, $0.drug, ranks[$0.sample * rank] + compounds[$0.drug * genes] > 0 ? 1 : 0) })
    let perturbed = numbers(pairs.count * genes)
    return PredictorData(
      pairs: pairs, perturbed: hasPerturbed ? perturbed : nil, ranks: hasRanks ? ranks : nil, compounds: compounds,
      genes: genes, rank: hasRanks ? rank : 0)
  }

  static func source(_ data: PredictorData = make()) -> PredictorSource {
    PredictorSource(
      data: data, cohort: "example", input: "input", geneOrder: "order", rankModel: data.ranks == nil ? nil : "rank",
      perturbationModel: "perturbation")
  }

  /// Three folds of a few epochs.
  static func settings(_ head: PredictorHead = .paper) -> PredictorSettings {
    var settings = PredictorSettings(head: head, seed: 7)
    (settings.folds, settings.epochs, settings.batchSize, settings.patience) = (3, 4, 32, 2)
    return settings
  }
}
