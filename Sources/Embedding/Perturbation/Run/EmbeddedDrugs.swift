import Cohorts
import Molecules
import Problems
import Runs

/// Drugs with their compounds, and those that have none.
package struct EmbeddedDrugs: Sendable {
  package let members: [DrugGraphs.Member]
  package let skipped: [DrugGraphs.Skipped]
  /// Drugs x genes, in the panel's order.
  package let compounds: [Float]
  /// The same in the model's order.
  let modelCompounds: [Float]
  /// Texts that the embedding depends on.
  let settings: [String: String]

  /// Encodes each drug on its own, so that its bits do not depend on the list. Throws `MoleculeError` where the rule is
  /// `.error`, and `CancellationError`.
  init(
    _ list: DrugList, _ settings: PerturbationSettings, genes: ModelGenes, map: PerturbationMap,
    progress: (any RunProgress)?
  ) throws {
    progress?.begin("molecules of \(list.drugs.count) drugs")
    let graphs = try DrugGraphs(of: list.drugs, rule: settings.rule, settings: settings.molecules, threads: 2)
    var (ordered, unordered): ([Float], [Float]) = ([], [])
    for (index, member) in graphs.members.enumerated() {
      try Task.checkCancellation()
      let compound = map.compound(MoleculeNodes(member.graph), settings.condition)
      unordered += compound
      ordered += genes.unordered(compound)
      progress?.advance(
        RunStep("encoding drugs", done: index + 1, total: graphs.members.count, unit: .things("drugs")))
    }
    (members, skipped) = (graphs.members, graphs.skipped)
    (compounds, modelCompounds) = (ordered, unordered)
    self.settings = settings.drugTexts(rdkit: try RDKitLibrary.version())
  }

  var names: [String] { members.map(\.drug.name) }

  /// One row a drug that has a compound.
  var frame: Frame {
    var frame = Frame(indexName: "drug", index: names)
    frame.set("smiles", .strings(members.map(\.drug.smiles)))
    frame.set("canonical_smiles", .strings(members.map(\.canonicalSMILES)))
    frame.set("atoms", .int32s(members.map { Int32($0.graph.atoms) }))
    frame.set("fragments", .int32s(members.map { Int32($0.fragments) }))
    frame.set("planar", .booleans(members.map { $0.graph.coordinates != .embedded }))
    return frame
  }

  /// One row a drug that was skipped.
  var skippedFrame: Frame {
    var frame = Frame(indexName: "drug", index: skipped.map(\.drug.name))
    frame.set("reason", .strings(skipped.map(\.error.cause)))
    return frame
  }
}

extension MoleculeNodes {
  package init(_ graph: MoleculeGraph) {
    self.init(features: graph.features, adjacency: graph.adjacency, distances: graph.distances)
  }
}
