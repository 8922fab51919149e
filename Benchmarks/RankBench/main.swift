import Embedding
import Formats
import Foundation
import Matrices
import Networks
import Randomness

/// Times embeddings of samples of 978 tokens by an encoder of Geneformer V1-10M's size with random weights.
///
/// Prints one JSON object, with the time of the same matrix products alone. Arguments: number of lanes, rounds, samples a round.
let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let (laneCount, rounds, samples) = (
  arguments.first ?? 2, arguments.dropFirst().first ?? 5, arguments.dropFirst(2).first ?? 8
)
let configuration = EncoderConfiguration(
  hiddenSize: 256, layers: 6, heads: 4, intermediateSize: 512, positions: 2_048, vocabularySize: 25_426)
var random = SeededRandom(seed: 1)
var tensors: [String: Safetensor] = [:]
for (name, shape) in EncoderWeights.shapes(configuration) {
  let isScale = name.hasSuffix("LayerNorm.weight")
  let values = (0..<shape.reduce(1, *)).map { _ in isScale ? 1 : 0.02 * random.normal() }
  tensors[name] = Safetensor(shape: shape, values)
}
let encoder = RankEncoder(EncoderWeights(configuration, tensors: tensors), lanes: Lanes(laneCount))
let sequences = (0..<samples).map { _ in random.permutation(978).map { $0 + 2 } }

@MainActor func seconds(_ layer: RankLayer) -> Double {
  let times = (0...rounds).map { _ in
    let start = ContinuousClock.now
    let means = encoder.means(of: sequences, layer: layer)
    precondition(means.allSatisfy(\.isFinite), "an embedding is no number")
    return (ContinuousClock.now - start) / .seconds(1)
  }
  return times.dropFirst().sorted()[rounds / 2] / Double(samples)
}

/// Seconds a sample of the products of as many layers, and nothing else.
@MainActor func products(layers: Int) -> Double {
  let (tokens, width, inner, heads) = (978, 256, 512, 4)
  let lanes = Lanes(laneCount)
  let shapes = [
    MatrixProduct(rows: tokens, columns: 3 * width, depth: width, transposesRight: true),
    MatrixProduct(rows: tokens, columns: width, depth: width, transposesRight: true),
    MatrixProduct(rows: tokens, columns: inner, depth: width, transposesRight: true),
    MatrixProduct(rows: tokens, columns: width, depth: inner, transposesRight: true),
  ]
  let perHead = [
    MatrixProduct(rows: tokens, columns: tokens, depth: width / heads, transposesRight: true),
    MatrixProduct(rows: tokens, columns: width / heads, depth: tokens),
  ]
  let numbers = [Float](repeating: 0.5, count: tokens * tokens)
  var result = [Float](repeating: 0, count: tokens * tokens)
  let times = (0...rounds).map { _ in
    let start = ContinuousClock.now
    for _ in 0..<(samples * layers) {
      for shape in shapes { shape.run(numbers, numbers, into: &result, lanes: lanes) }
      for _ in 0..<heads { for shape in perHead { shape.run(numbers, numbers, into: &result, lanes: lanes) } }
    }
    return (ContinuousClock.now - start) / .seconds(1)
  }
  return times.dropFirst().sorted()[rounds / 2] / Double(samples)
}

let result: [String: Any] = [
  "last_products_seconds": products(layers: 6), "second_to_last_products_seconds": products(layers: 5),
  "lanes": laneCount, "last_seconds": seconds(.last), "second_to_last_seconds": seconds(.secondToLast),
]
print(String(decoding: try JSONSerialization.data(withJSONObject: result, options: [.sortedKeys]), as: UTF8.self))
