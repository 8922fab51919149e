import Molecules

/// Every choice of a run that embeds pairs, beside its model.
package struct PerturbationSettings: Sendable {
  package var layer: ExpressionLayer
  package var condition: DrugCondition
  package var molecules: MoleculeSettings
  /// What becomes of a drug whose SMILES gives no graph.
  package var rule: DrugGraphs.FaultRule
  /// Whether expression in a unit that is no logarithm is taken too.
  package var takesAnyUnit: Bool

  package init(
    layer: ExpressionLayer = .x, condition: DrugCondition = DrugCondition(),
    molecules: MoleculeSettings = MoleculeSettings(), rule: DrugGraphs.FaultRule = .skip, takesAnyUnit: Bool = false
  ) {
    (self.layer, self.condition, self.molecules) = (layer, condition, molecules)
    (self.rule, self.takesAnyUnit) = (rule, takesAnyUnit)
  }

  /// What a drug's embedding depends on, as text.
  func drugTexts(rdkit: String) -> [String: String] {
    [
      "dose_uM": "\(condition.dose)", "hours": "\(condition.hours)", "conformer_seed": "\(molecules.seed)",
      "conformer_attempts": "\(molecules.attempts)", "relaxation_steps": "\(molecules.relaxationSteps)",
      "rdkit": rdkit,
    ]
  }
}
