import Foundation
import Matrices
import Networks
import Prediction
import Randomness

/// Times epochs of the response predictor over the paper's number of pairs, with the paper's head.
///
/// Prints one JSON object, with the time of the same matrix products alone. Arguments: number of lanes, number of pairs, number of epochs after the first.
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
/// Seconds an epoch of the products that its steps are made of, and nothing else: forward, and by weights and inputs
/// where those are wanted. A sample or drug goes through its branch once a step.
@MainActor func products() -> Double {
  let (width, hidden, batch) = (256, 128, settings.batchSize)
  // As many distinct ones of `count` as a batch names on average.
  func distinct(of count: Int) -> Int {
    Int((Double(count) * (1 - pow(1 - 1 / Double(count), Double(batch)))).rounded())
  }
  let branches = [(batch, genes), (distinct(of: drugs), genes), (distinct(of: samples), rank)].flatMap {
    [
      MatrixProduct(rows: $0, columns: width, depth: $1, transposesRight: true),
      MatrixProduct(rows: width, columns: $1, depth: $0, transposesLeft: true),
    ]
  }
  let head = [
    MatrixProduct(rows: batch, columns: hidden, depth: 3 * width, transposesRight: true),
    MatrixProduct(rows: hidden, columns: 3 * width, depth: batch, transposesLeft: true),
    MatrixProduct(rows: batch, columns: 3 * width, depth: hidden),
  ]
  let numbers = [Float](repeating: 0.5, count: genes * max(genes, batch))
  var result = numbers
  let start = ContinuousClock.now
  for _ in 0..<(count / batch) {
    for shape in branches + head { shape.run(numbers, numbers, into: &result, lanes: lanes) }
  }
  return (ContinuousClock.now - start) / .seconds(1)
}

let result: [String: Any] = [
  "products_seconds": (0..<3).map { _ in products() }.sorted()[1],
  "lanes": lanes.count, "pairs": pairs.count, "first_epoch_seconds": seconds[0],
  "epoch_seconds": seconds.dropFirst().sorted()[(repeats - 1) / 2], "loss": training.curve.last?.training ?? 0,
]
print(String(decoding: try JSONSerialization.data(withJSONObject: result, options: [.sortedKeys]), as: UTF8.self))
