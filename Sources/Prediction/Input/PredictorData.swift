import Files

/// All numbers that predictors are trained on: pairs, and what each branch is given.
package struct PredictorData: Sendable {
  package let pairs: TrainingPairs
  /// Pairs x genes, in the panel's order: expression after the drug; nil without that branch.
  package let perturbed: [Float]?
  /// Samples x rank; nil without that branch.
  package let ranks: [Float]?
  /// Drugs x genes, in the panel's order.
  package let compounds: [Float]
  package let genes: Int
  /// Numbers of a rank embedding; 0 without.
  package let rank: Int

  package init(
    pairs: TrainingPairs, perturbed: [Float]?, ranks: [Float]?, compounds: [Float], genes: Int, rank: Int
  ) {
    precondition(
      compounds.count == pairs.drugs.count * genes, "\(compounds.count) numbers of \(pairs.drugs.count) drugs")
    precondition(perturbed.map { $0.count == pairs.count * genes } ?? true, "expression of other pairs")
    precondition(ranks.map { $0.count == pairs.samples.count * rank } ?? true, "rank embeddings of other samples")
    (self.pairs, self.perturbed, self.ranks, self.compounds) = (pairs, perturbed, ranks, compounds)
    (self.genes, self.rank) = (genes, rank)
  }

  /// Branches that have no input.
  package var absent: Set<PredictorBranch> {
    Set((perturbed == nil ? [.perturbation] : []) + (ranks == nil ? [.rank] : []))
  }

  /// SHA-256 of every number and name.
  package var fingerprint: String {
    var sum = SHA256()
    for names in [pairs.samples, pairs.drugs, pairs.tissues] {
      for name in names { Array("\(name.utf8.count) \(name)\n".utf8).withUnsafeBytes { sum.update($0) } }
    }
    for places in [pairs.sampleOf, pairs.drugOf] { places.withUnsafeBytes { sum.update($0) } }
    for values in [pairs.labels, compounds, ranks ?? [], perturbed ?? []] { values.withUnsafeBytes { sum.update($0) } }
    return sum.hex()
  }
}
