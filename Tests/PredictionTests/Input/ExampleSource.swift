import Cohorts
import Formats
import Genes
import Networks
import Randomness
import TestSupport

@testable import Embedding

/// A small store of cell lines with all that a predictor is trained on.
enum ExampleSource {
  static let model = makeModel(seed: 1)
  static let rankModel = String(repeating: "cd", count: 32)
  private static let samples = 6

  static func makeModel(seed: UInt64) -> PerturbationModel {
    let shape = PerturbationNetwork.Shape(genes: 978, hidden: 4, transformer: .init(width: 8, layers: 1, heads: 2))
    var random = SeededRandom(seed: seed)
    let tensors = PerturbationNetwork(shape, pool: BufferPool(), using: &random).tensors
    return PerturbationModel(
      .signatures, tensors: tensors, shape: shape, genes: .panel, links: Array(repeating: 1, count: 978))
  }

  /// Two drugs x genes.
  static let compounds: [Float] = {
    var random = SeededGenerator(seed: 5)
    return (0..<2 * 978).map { _ in Float.random(in: 0...1, using: &random) }
  }()

  static let ranks = Matrix(rows: samples, columns: 4, values: (0..<samples * 4).map { Float($0) / 8 })

  /// Six samples with two embedded drugs and one that is not; the last pair has no label, and one is of no sample here.
  private static var pairs: [(String, String, Int32)] {
    (0..<samples).flatMap { sample in
      [
        ("S\(sample)", "aspirin", Int32(1)), ("S\(sample)", "ethanol", sample == 5 ? -1 : 0),
        ("S\(sample)", "unknown", 1),
      ]
    } + [("gone", "aspirin", 1)]
  }

  static func responses(_ pairs: [(String, String, Int32)]) -> Frame {
    var frame = Frame(indexName: "response", index: pairs.indices.map { "\($0)" })
    frame.set("sample", .categorical(pairs.map(\.0)))
    frame.set("drug", .categorical(pairs.map(\.1)))
    frame.set("label", .int32s(pairs.map(\.2)))
    return frame
  }

  /// `rankInput`: the fingerprint that the record of the rank embeddings names; nil: the store's own.
  static func write(to path: String, rankInput: String? = nil) throws {
    var cohort = ExampleCohort.make(samples: samples, symbols: LandmarkPanel.shared.landmarks.map(\.symbol))
    var random = SeededGenerator(seed: 3)
    for position in cohort.x.values.indices where cohort.x.values[position] != 0 {
      cohort.x.values[position] = Float.random(in: 0...15, using: &random)
    }
    (cohort.layers, cohort.obsm, cohort.uns["embeddings"]) = ([:], [:], nil)
    if case .group(var members) = cohort.uns["therapi"] {
      members["panel_order"] = .string(LandmarkPanel.shared.orderHash)
      cohort.uns["therapi"] = .group(members)
    }
    var drugs = Frame(indexName: "drug", index: ["aspirin", "ethanol"])
    drugs.set("smiles", .strings(["CC(=O)Oc1ccccc1C(=O)O", "CCO"]))
    cohort.uns["drugs"] = .frame(drugs)
    cohort.uns["responses"] = .frame(responses(pairs))
    let smiles = ["CC(=O)Oc1ccccc1C(=O)O", "CCO"]
    cohort.uns["drug_embeddings"] = .group([
      "X_compound": DrugEmbeddings(
        drugs: drugs.index, smiles: smiles, values: Matrix(rows: 2, columns: 978, values: compounds),
        model: model.fingerprint, kind: "therapi-signatures", settings: [:]
      ).value(
        table: drugs, skipped: Frame(indexName: "drug", index: []),
        input: DrugEmbeddings.fingerprint(of: zip(drugs.index, smiles).map { (name: $0, smiles: $1) }), source: .store,
        panelOrder: LandmarkPanel.shared.orderHash, toolVersion: "0.1.0")
    ])
    cohort.obsm["X_geneformer"] = ranks
    cohort.uns["embeddings"] = .group([
      "X_geneformer": .group([
        "block": .string("obsm/X_geneformer"), "model": .string(rankModel),
        "input": .string(try rankInput ?? InputFingerprint(of: cohort).sha256),
        "panel_order": .string(LandmarkPanel.shared.orderHash), "settings": .group([:]),
        "tool_version": .string("0.1.0"),
      ])
    ])
    try cohort.write(to: path)
  }
}
