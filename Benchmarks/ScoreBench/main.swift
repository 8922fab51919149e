import Embedding
import Foundation
import Glibc
import Matrices
import Networks
import Prediction
import Randomness

/// Times a cohort with drugs through ten folds' predictors at the published sizes, with random weights, and beside it the
/// matrix products alone: the same calls on the same threads, over and over on the same memory.
///
/// Prints one JSON object. Arguments: number of lanes, of patients, of drugs, of rounds.
let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let lanes = Lanes(arguments.first ?? 2)
let patients = arguments.dropFirst().first ?? 840
let drugs = arguments.dropFirst(2).first ?? 174
let rounds = arguments.dropFirst(3).first ?? 3
let folds = 10
let shape = ResponsePredictor.Shape(head: .reference)
let (genes, wide) = (shape.genes, folds * shape.width)
let (first, second) = (shape.hidden[0], shape.hidden[1])
let block = FoldedPredictor.block(drugs: drugs)
/// Patients that are read, and scored, at a time, as a run does.
let stretch = block * max(2, min(64, 1_024 / block))

@MainActor func seconds(_ body: () -> Void) -> Double {
  let start = ContinuousClock.now
  body()
  return (ContinuousClock.now - start) / .seconds(1)
}

let pool = BufferPool()
var random = SeededRandom(seed: 1)
// The transformer is asked nothing here.
let network = PerturbationNetwork(
  .init(genes: genes, hidden: 64, transformer: .init(width: 16, layers: 1, heads: 2)), pool: pool, using: &random)
let predictors = (0..<folds).map { _ in ResponsePredictor(shape, pool: pool, using: &random) }
let predictor = FoldedPredictor(
  predictors, network: network, links: [Float](repeating: 1, count: genes), order: .panel, lanes: lanes, pool: pool)
@MainActor func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in random.normal() } }
let compounds = numbers(drugs * genes)
let samples = FoldedPredictor.Samples(expression: numbers(stretch * genes), rank: numbers(stretch * shape.rank))

@MainActor func score() -> Float {
  let prepared = predictor.drugs(compounds)
  var sum: Float = 0
  for start in stride(from: 0, to: patients, by: stretch) {
    let count = min(stretch, patients - start)
    let part = FoldedPredictor.Samples(
      expression: Array(samples.expression[..<(count * genes)]), rank: Array(samples.rank[..<(count * shape.rank)]))
    let logits = predictor.logits(part, count: count, prepared)
    sum += ScoreSummary.rows(logits, folds: folds)[0]
  }
  return sum
}

/// The products of pairs, which are nearly all of them, block by block on each lane.
struct Products {
  let pairs = block * drugs
  let rows: Tensor
  let matrix: Tensor
  let heads: Tensor
  let out: [Tensor]

  @MainActor init() {
    rows = Tensor([pairs, genes], numbers(pairs * genes), pool: pool)
    matrix = Tensor([wide, genes], numbers(wide * genes), pool: pool)
    heads = Tensor([first, max(shape.width, second)], numbers(first * max(shape.width, second)), pool: pool)
    let count = block * drugs
    out = (0..<6).map { Tensor([count, $0 < 2 ? wide : first], repeating: 0, pool: pool) }
  }

  func run(_ lane: Int, pairs: Int) {
    StridedProduct(
      rows: pairs, columns: wide, depth: genes, leftStride: genes, rightStride: genes, resultStride: wide,
      transposesRight: true
    ).run(rows.pointer, matrix.pointer, into: out[lane].pointer)
    for fold in 0..<folds {
      StridedProduct(
        rows: pairs, columns: first, depth: shape.width, leftStride: wide, rightStride: shape.width,
        resultStride: first, transposesRight: true
      ).run(out[lane].pointer + fold * shape.width, heads.pointer, into: out[2 + lane].pointer)
      StridedProduct(
        rows: pairs, columns: second, depth: first, leftStride: first, rightStride: first, resultStride: second,
        transposesRight: true
      ).run(out[2 + lane].pointer, heads.pointer, into: out[4 + lane].pointer)
    }
  }
}

let products = Products()
@MainActor func multiply() {
  for start in stride(from: 0, to: patients, by: 2 * block) {
    lanes.fork { lane in
      let count = min(block, patients - start - lane * block)
      if count > 0 { products.run(lane, pairs: count * drugs) }
    }
  }
}

var (scoring, multiplying): ([Double], [Double]) = ([], [])
var check: Float = 0
for _ in 0..<rounds {
  scoring.append(seconds { check = score() })
  multiplying.append(seconds { multiply() })
}
var usage = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
let (whole, alone) = (scoring.sorted()[rounds / 2], multiplying.sorted()[rounds / 2])
let result: [String: Any] = [
  "lanes": lanes.count, "patients": patients, "drugs": drugs, "score_seconds": whole, "product_seconds": alone,
  "ratio": whole / alone, "pairs_per_second": Double(patients * drugs) / whole,
  "memory_bytes": usage.ru_maxrss * 1_024, "check": check.isFinite,
]
print(String(decoding: try JSONSerialization.data(withJSONObject: result, options: [.sortedKeys]), as: UTF8.self))
