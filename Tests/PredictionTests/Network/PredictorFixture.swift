import Foundation
import HDF5
import Networks
import Randomness
import Testing

@testable import Prediction

/// A small reference predictor of PyTorch 2.13.0, in double precision and rounded: 12 pairs, branches of 16, a head of
/// 48-16-8-1, no Dropout.
struct PredictorFixture {
  let root: HDF5Group
  let pool = BufferPool()
  let predictor: ResponsePredictor

  init() throws {
    root = try HDF5File.open(#require(Bundle.module.path(forResource: "Fixtures/response_predictor", ofType: "h5")))
      .root
    let genes = try root.dataset("inputs/perturbation").shape[1]
    let rank = try root.dataset("inputs/rank").shape[1]
    let shape = ResponsePredictor.Shape(genes: genes, rank: rank, width: 16, head: .reference, hidden: [16, 8])
    var random = SeededRandom(seed: 1)
    predictor = ResponsePredictor(shape, dropout: 0, pool: pool, using: &random)
    for (name, value) in state { value.fill(try values("initial/\(name)")) }
  }

  /// Parameters and buffers by name.
  var state: [(name: String, value: Tensor)] {
    predictor.parameters.map { ($0.name, $0.value) } + predictor.buffers.map { ($0.name, $0.value) }
  }

  func values(_ name: String) throws -> [Float] { try root.dataset(name).read(as: Float.self) }

  func tensor(_ name: String) throws -> Tensor {
    Tensor(try root.dataset(name).shape, try values(name), pool: pool)
  }

  func inputs() throws -> [PredictorBranch: ResponsePredictor.Input] {
    [
      .perturbation: .init(try tensor("inputs/perturbation")), .rank: .init(try tensor("inputs/rank")),
      .drug: .init(try tensor("inputs/compound")),
    ]
  }
}

extension [Float] {
  /// The largest difference, by the largest of the expected numbers.
  func distance(to expected: [Float]) -> Float {
    guard count == expected.count else { return .infinity }
    let largest = expected.map(abs).max() ?? 1
    return (zip(self, expected).map { abs($0 - $1) }.max() ?? 0) / (largest > 0 ? largest : 1)
  }
}
