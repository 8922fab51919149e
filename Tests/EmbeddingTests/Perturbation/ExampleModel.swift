import Cohorts
import Formats
import Genes
import Matrices
import Networks
import Randomness
import TestSupport

@testable import Embedding

/// A small model of all 978 genes with weights drawn from a seed, and a cohort that it can take.
enum ExampleModel {
  private static let shape = PerturbationNetwork.Shape(
    genes: 978, hidden: 4, transformer: .init(width: 8, layers: 1, heads: 2))
  /// By seed; a million random numbers take their time where nothing is optimised.
  private static let tensors = [1, 2].map { (seed: UInt64) in
    var random = SeededRandom(seed: seed)
    return PerturbationNetwork(shape, pool: BufferPool(), using: &random).tensors
  }

  /// `seed`: 1 or 2.
  static func make(seed: Int = 1, genes: ModelGenes = .panel) -> PerturbationModel {
    PerturbationModel(
      .signatures, tensors: tensors[seed - 1], shape: shape, genes: genes, links: Array(repeating: 1, count: 978))
  }

  static let drugs: [(name: String, smiles: String)] = [
    ("aspirin", "CC(=O)Oc1ccccc1C(=O)O"), ("broken", "C1CC"), ("ethanol", "CCO"), ("unknown", ""),
  ]

  /// `samples` in log2(tpm + 1), with drugs and responses: each sample with each drug, labels 0 and 1 in turn.
  static func cohort(samples: Int = 5, seed: UInt64 = 3) -> Cohort {
    var cohort = ExampleCohort.make(samples: samples, symbols: LandmarkPanel.shared.landmarks.map(\.symbol))
    var random = SeededGenerator(seed: seed)
    for position in cohort.x.values.indices where cohort.x.values[position] != 0 {
      cohort.x.values[position] = 15 * random.uniform()
    }
    (cohort.layers, cohort.obsm, cohort.uns["embeddings"]) = ([:], [:], nil)
    var frame = Frame(indexName: "drug", index: drugs.map(\.name))
    frame.set("smiles", .strings(drugs.map(\.smiles)))
    cohort.uns["drugs"] = .frame(frame)
    let pairs = cohort.obs.index.flatMap { sample in drugs.map { (sample, $0.name) } }
    var responses = Frame(indexName: "response", index: pairs.indices.map { "\($0)" })
    responses.set("sample", .categorical(pairs.map(\.0)))
    responses.set("drug", .categorical(pairs.map(\.1)))
    responses.set("label", .int32s(pairs.indices.map { Int32($0 % 2) }))
    cohort.uns["responses"] = .frame(responses)
    if case .group(var members) = cohort.uns["therapi"] {
      members["panel_order"] = .string(LandmarkPanel.shared.orderHash)
      cohort.uns["therapi"] = .group(members)
    }
    return cohort
  }
}
