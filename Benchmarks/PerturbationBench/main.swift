import Embedding
import Foundation
import Matrices
import Networks
import Randomness

/// Times a drug over a cohort through the perturbation network at its published sizes: the drug encoded once, then all
/// pairs.
///
/// Prints one JSON object. Arguments: number of lanes, number of samples, number of repeats.
let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let lanes = Lanes(arguments.first ?? 2)
let samples = arguments.dropFirst().first ?? 2_000
let repeats = arguments.dropFirst(2).first ?? 3
let shape = PerturbationNetwork.Shape.published
/// Atoms of a middling drug and the dummy node.
let nodes = 31

@MainActor func seconds(_ body: () -> Void) -> Double {
  let start = ContinuousClock.now
  body()
  return (ContinuousClock.now - start) / .seconds(1)
}

let pool = BufferPool()
var random = SeededRandom(seed: 1)
let network = PerturbationNetwork(shape, pool: pool, using: &random)
let map = PerturbationMap(network, links: [Float](repeating: 1, count: shape.genes), lanes: lanes, pool: pool)
@MainActor func numbers(_ count: Int, _ number: (inout SeededRandom) -> Float) -> [Float] {
  (0..<count).map { _ in number(&random) }
}
let molecule = MoleculeNodes(
  features: numbers(nodes * MoleculeNodes.features) { $0.uniform().rounded() },
  adjacency: numbers(nodes * nodes) { $0.uniform().rounded() }, distances: numbers(nodes * nodes) { $0.uniform() * 10 })
let expression = numbers(samples * shape.genes) { $0.normal() }

var (encoding, pairing): ([Double], [Double]) = ([], [])
var sum: Float = 0
for _ in 0...repeats {
  var drugs: PerturbationMap.Parts?
  encoding.append(seconds { drugs = map.drugs(map.compound(molecule, DrugCondition())) })
  guard let drugs else { continue }
  pairing.append(
    seconds {
      let cohort = map.samples(expression)
      for start in stride(from: 0, to: samples, by: PerturbationMap.block) {
        let pairs = (start..<min(samples, start + PerturbationMap.block)).map { (sample: $0, drug: 0) }
        sum += map.perturbed(cohort, drugs, pairs: pairs).pointer[0]
      }
    })
}
@MainActor func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
// The first round fills the pool.
let (drug, cohort) = (median(Array(encoding.dropFirst())), median(Array(pairing.dropFirst())))
let result: [String: Any] = [
  "lanes": lanes.count, "samples": samples, "drug_seconds": drug, "pairs_seconds": cohort,
  "pair_seconds": (drug + cohort) / Double(samples), "pool_bytes": pool.bytes, "check": sum.isFinite,
]
print(String(decoding: try JSONSerialization.data(withJSONObject: result, options: [.sortedKeys]), as: UTF8.self))
