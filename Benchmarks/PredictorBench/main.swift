import Foundation
import Matrices
import Networks
import Prediction

/// Times epochs of the response predictor over the paper's number of pairs, with the paper's head.
///
/// Prints one JSON object. Arguments: number of lanes, number of pairs, number of epochs after the first.
let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let lanes = Lanes(arguments.first ?? 2)
let count = arguments.dropFirst().first ?? 112_533
let repeats = arguments.dropFirst(2).first ?? 2
let (samples, drugs, genes, rank) = (673, 174, 978, 256)

var random = SeededRandom(seed: 1)
@MainActor func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in random.uniform() * 2 - 1 } }
let pairs = TrainingPairs(
  samples: (0..<samples).map { "S\($0)" }, drugs: (0..<drugs).map { "D\($0)" },
  tissues: Array(repeating: "", count: samples),
  pairs: random.permutation(samples * drugs).prefix(count).map {
    ($0 / drugs, $0 % drugs, random.uniform() < 0.5 ? 1 : 0)
  })
let data = PredictorData(
  pairs: pairs, perturbed: numbers(pairs.count * genes), ranks: numbers(samples * rank),
  compounds: numbers(drugs * genes), genes: genes, rank: rank)
let settings = PredictorPreset.paper.settings
let parts = FoldPlan.Parts(training: Array(0..<pairs.count), stopping: [0], testing: [0])
let training = PredictorTraining(data, parts: parts, fold: 0, settings: settings, lanes: lanes)

var seconds: [Double] = []
for _ in 0...repeats {
  let start = ContinuousClock.now
  try training.runEpoch()
  seconds.append((ContinuousClock.now - start) / .seconds(1))
}
let result: [String: Any] = [
  "lanes": lanes.count, "pairs": pairs.count, "first_epoch_seconds": seconds[0],
  "epoch_seconds": seconds.dropFirst().sorted()[(repeats - 1) / 2], "loss": training.curve.last?.training ?? 0,
]
print(String(decoding: try JSONSerialization.data(withJSONObject: result, options: [.sortedKeys]), as: UTF8.self))
