import Alignment
import Foundation
import Matrices
import Networks
import Randomness

/// Times one training step of the aligner at its true size, and the matrix products of that step alone.
///
/// Prints one JSON object. Arguments: number of lanes, number of steps.
let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let lanes = Lanes(arguments.first ?? 2)
let steps = arguments.dropFirst().first ?? 63
let (lines, patients, genes, tissues, latent) = (673, 128, 978, 23, 128)

@MainActor func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

@MainActor func seconds(_ body: () -> Void) -> Double {
  let start = ContinuousClock.now
  body()
  return (ContinuousClock.now - start) / .seconds(1)
}

let pool = BufferPool()
var random = SeededRandom(seed: 1)
let aligner = Aligner(.init(genes: genes, tissues: tissues, latent: latent), pool: pool, using: &random)
let objective = AlignerObjective(
  reconstruction: 0.2, classification: 0.8, center: 0.4, averagesGenes: true, averagesCenters: true, scalesScores: true)
@MainActor func batch(_ rows: Int) -> AlignerObjective.Batch {
  .init(
    x: Tensor([rows, genes], uniformWithin: 5, pool: pool, using: &random),
    tissues: (0..<rows).map { _ in random.below(tissues) })
}
let (source, target) = (batch(lines), batch(patients))
let tape = Tape(lanes: lanes, pool: pool)
var adam = Adam(aligner.parameters, pool: pool)

var parts: [String: [Double]] = [:]
@MainActor func step() {
  var pass: AlignerObjective.Pass?
  parts["forward", default: []].append(
    seconds { pass = objective.run(aligner, source: source, target: target, on: tape) })
  guard let total = pass?.total else { return }
  pass = nil
  var gradients: [Tensor?] = []
  parts["backward", default: []].append(seconds { gradients = tape.gradients(of: total, by: adam.parameters) })
  parts["adam", default: []].append(seconds { adam.step(gradients, learningRate: 1e-3, lanes: lanes) })
}

/// The products of one step: rows, inputs and outputs of each layer, and whether its input needs a gradient.
let layers: [(rows: Int, inputs: Int, outputs: Int, propagates: Bool)] =
  [
    (lines, genes, 256, false), (lines, 256, latent, true), (lines, latent, 256, true), (lines, 256, genes, true),
    (patients, genes, latent, false), (patients, latent, latent, true), (lines, latent, latent, true),
    (patients, latent, 256, true), (patients, 256, genes, true),
  ]
  + [lines, patients].flatMap { rows in
    [
      (rows, latent, 128, true), (rows, 128, 32, true), (rows, 32, tissues, true), (rows, genes, 512, true),
      (rows, 512, 128, true), (rows, 128, 32, true), (rows, 32, tissues, true),
    ]
  }
var products: [MatrixProduct] = layers.flatMap { layer in
  [
    MatrixProduct(rows: layer.rows, columns: layer.outputs, depth: layer.inputs, transposesRight: true),
    MatrixProduct(rows: layer.outputs, columns: layer.inputs, depth: layer.rows, transposesLeft: true),
  ] + (layer.propagates ? [MatrixProduct(rows: layer.rows, columns: layer.inputs, depth: layer.outputs)] : [])
}
// Scores, mixtures of latents and of expression, each with its gradients.
products += [
  MatrixProduct(rows: patients, columns: lines, depth: latent, transposesRight: true),
  MatrixProduct(rows: patients, columns: latent, depth: lines),
  MatrixProduct(rows: lines, columns: latent, depth: patients, transposesLeft: true),
  MatrixProduct(rows: patients, columns: latent, depth: lines),
  MatrixProduct(rows: patients, columns: lines, depth: latent, transposesRight: true),
  MatrixProduct(rows: lines, columns: latent, depth: patients, transposesLeft: true),
  MatrixProduct(rows: patients, columns: genes, depth: lines),
  MatrixProduct(rows: patients, columns: lines, depth: genes, transposesRight: true),
]
let operations = products.map(\.operations).reduce(0, +)
let size = products.map { max($0.rows * $0.depth, $0.depth * $0.columns, $0.rows * $0.columns) }.max() ?? 0
let (left, right, out) = (
  Tensor([size], uniformWithin: 1, pool: pool, using: &random),
  Tensor([size], uniformWithin: 1, pool: pool, using: &random),
  Tensor([size], repeating: 0, pool: pool)
)
@MainActor func multiply() {
  for product in products { product.run(left.pointer, right.pointer, into: out.pointer, lanes: lanes) }
}

var (stepTimes, productTimes): ([Double], [Double]) = ([], [])
for index in 0..<(steps + 3) {
  let (one, other) = (seconds(step), seconds(multiply))
  if index >= 3 {
    stepTimes.append(one)
    productTimes.append(other)
  }
}
let result: [String: Any] = [
  "lanes": lanes.count, "steps": steps, "step_seconds": median(stepTimes), "products_seconds": median(productTimes),
  "operations": operations, "pool_bytes": pool.bytes, "parts": parts.mapValues(median),
]
print(String(decoding: try JSONSerialization.data(withJSONObject: result, options: [.sortedKeys]), as: UTF8.self))
